"""What the caller hears of a provider's trouble: a holding phrase, and the keypad where nobody hears any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from livekit import rtc
from livekit.agents import NOT_GIVEN, stt

from phone_agent import line
from phone_agent.keypad import keypad_menu
from phone_agent.ordering.sentences import Sentence
from phone_agent.voice.hearing import Hearing
from phone_agent.voice.speaking import ByClause


class Trouble:
    """Models and voices hold the line themselves; here is what is said where nothing is being answered."""

    def __init__(self, session: line.Session) -> None:
        self._session = session
        self._task: asyncio.Task[None] | None = None
        self._was_keypad_only = session.userdata.keypad_only

    def watch(self, recogniser: stt.STT[Any] | None) -> None:
        if isinstance(recogniser, Hearing):
            recogniser.on_silent = self._hold
            recogniser.on_lost = self._lost
            recogniser.on_found = self._found

    def _hold(self) -> None:
        """The caller waits for an answer, which may cut this short. The voice may be silent too: made beforehand."""
        if self._session.agent_state == "listening" and self._session.user_state != "speaking":
            voice = self._session.tts
            holding = voice.speaking.holding() if isinstance(voice, ByClause) else None
            audio = NOT_GIVEN if holding is None else _of(holding)
            self._session.say(Sentence.ONE_MOMENT.words(), audio=audio, add_to_chat_ctx=False)

    def _lost(self) -> None:
        self._session.userdata.keypad_only = self._session.userdata.is_unheard = True
        self._task = asyncio.create_task(self._offer_keys())

    def _found(self) -> None:
        self._session.userdata.is_unheard = False
        self._session.userdata.keypad_only = self._was_keypad_only

    async def _offer_keys(self) -> None:
        call = self._session.userdata
        if call.is_with_staff:
            return
        if call.has_open_quote:
            await line.say(self._session, Sentence.HEARING_LOST_CONFIRM.words())
        elif call.keypad_walk is None:
            line.say(self._session, Sentence.HEARING_LOST.words())
            await keypad_menu.offer(self._session)


async def _of(frame: rtc.AudioFrame) -> AsyncIterator[rtc.AudioFrame]:
    yield frame
