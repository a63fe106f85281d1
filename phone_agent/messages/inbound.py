"""Texts that come in: STOP, START and HELP are honoured; whatever else comes is told that nobody reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from phone_agent.callers.caller import to_e164
from phone_agent.messages.phrases import HOME, Phrases, languages, phrases_in
from phone_agent.messages.texting import refusal_of, state_of
from phone_agent.store.protocol import Store

Wish = Literal["stop", "start", "help", ""]
OPT_OUT_TYPES: Mapping[str, Wish] = {"STOP": "stop", "START": "start", "HELP": "help"}


@dataclass(frozen=True)
class Read:
    wish: Wish
    language: str
    is_answered: bool
    """Twilio answers its own words itself."""


async def take_text(store: Store, form: Mapping[str, str], *, phone: str, language: str, now: datetime) -> str | None:
    """What to reply. `form`: as Twilio sends it. `phone`: if it names no number. Raises StoreUnavailable."""
    sender = to_e164(form.get("From"))
    read = read_text(form.get("Body", ""), form.get("OptOutType", ""), language)
    if sender is None:
        return None
    if read.wish == "stop":
        await store.refuse_texts(sender, "stopped", now=now)
    if read.wish == "start":
        await store.allow_texts(sender, "stopped")
    if read.is_answered:
        return None
    return _reply_to(read.wish, phrases_in(read.language)).format(phone=to_e164(form.get("To")) or phone)


async def take_status(store: Store, message_id: str, form: Mapping[str, str], now: datetime) -> None:
    """What became of a text of ours. Raises StoreUnavailable."""
    code = form.get("ErrorCode", "")
    state = state_of(form.get("MessageStatus", ""))
    await store.note_delivery(message_id, provider_id=form.get("MessageSid", ""), state=state, detail=code)
    refusal = refusal_of(int(code)) if code.isdecimal() else None
    if refusal is not None and (receiver := to_e164(form.get("To"))) is not None:
        await store.refuse_texts(receiver, refusal, now=now)


def read_text(body: str, opt_out: str = "", language: str = HOME) -> Read:
    """`opt_out`: what Twilio took it for, where it says so. Only a text that is such a word and nothing else is one."""
    if opt_out in OPT_OUT_TYPES:
        return Read(OPT_OUT_TYPES[opt_out], language, is_answered=True)
    word = body.strip().strip(".!").casefold()
    for code in languages():
        wish = _wish_in(word, phrases_in(code))
        if wish:
            # The English words are Twilio's.
            return Read(wish, code, is_answered=code == HOME)
    return Read("", language, is_answered=False)


def _wish_in(word: str, phrases: Phrases) -> Wish:
    if word in phrases.stop_words:
        return "stop"
    if word in phrases.start_words:
        return "start"
    return "help" if word in phrases.help_words else ""


def _reply_to(wish: Wish, phrases: Phrases) -> str:
    return {"stop": phrases.stopped, "start": phrases.started, "help": phrases.help, "": phrases.not_read}[wish]
