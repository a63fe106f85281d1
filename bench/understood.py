"""How much of what the agent said the phone heard: its words by ear against its own transcript."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench.calling import new_number
from phone_agent.rehearsal.baresip import SoftphoneError
from phone_agent.rehearsal.call import Switchboard, rehearse
from phone_agent.rehearsal.caller import Entry
from phone_agent.rehearsal.ears import DeafError
from phone_agent.rehearsal.ears_grammar import words_of
from phone_agent.rehearsal.script import demo_of
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.store.open import open_store


def percent_heard(said: Sequence[str], heard: Sequence[str]) -> float | None:
    """100 less the word error rate; None where nothing was said."""
    wanted = [word for text in said for word in words_of(text)]
    got = [word for text in heard for word in words_of(text)]
    return 100 * max(0.0, 1 - Levenshtein.distance(wanted, got) / len(wanted)) if wanted else None


async def listen_to_calls(stack: LocalStack, database: Path, calls: int) -> list[float]:
    """Of whole calls, listened to with the caller's grammar; apart from the others, for listening takes time."""
    board = Switchboard(stack.sip_uri, stack.livekit_url, stack.api_key, stack.api_secret)
    store = await open_store(Settings.from_env({"PHONE_AGENT_DATABASE": str(database)}))
    script = demo_of(await store.load_menu())
    percents = []
    try:
        for _ in range(calls):
            entries: list[Entry] = []
            try:
                await rehearse(board, store, script, from_number=new_number(), log=entries.append)
            except (SoftphoneError, DeafError, TimeoutError) as error:
                print(f"  a call was lost: {str(error) or type(error).__name__}", file=sys.stderr)
                continue
            percent = percent_heard(_words(entries, "said"), _words(entries, "heard"))
            percents += [] if percent is None else [percent]
    finally:
        await store.close()
    return percents


def _words(entries: Sequence[Entry], who: str) -> list[str]:
    return [entry.text for entry in entries if entry.who == who]
