"""What is said in a call about a ready order, and what becomes of it, with a mouth that only notes the words."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from livekit.agents import APIConnectionError, tts

from phone_agent.outbound.answering import Heard
from phone_agent.outbound.ready_talk import GONE, Patience, ReadyTalk, Words
from phone_agent.store.ready_calls import Rung
from phone_agent.voice.offline.tts import OfflineTTS

WORDS = Words("It is ready.", "Press a key.", "Lake Street.", "Goodbye.", "A message.")
NEWS, WAY = "It is ready. Press a key.", "Lake Street. Press a key."
SPEAKING_S = 0.05
PATIENCE = Patience(without_sound_s=0.3, machine_s=0.4, key_s=0.15)


class Mouth:
    def __init__(self, *, is_broken: bool = False) -> None:
        self.begun: list[str] = []
        self.said: list[str] = []
        self._is_broken = is_broken

    async def say(self, voice: tts.TTS[Any], words: str) -> None:
        self.begun.append(words)
        await asyncio.sleep(SPEAKING_S)
        if self._is_broken:
            raise APIConnectionError("no voice")
        self.said.append(words)


async def talked(*events: tuple[float, Heard | str], is_broken: bool = False) -> tuple[Rung, Mouth]:
    """Each event comes so many seconds after the one before."""
    mouth = Mouth(is_broken=is_broken)
    talk = ReadyTalk(mouth, OfflineTTS(), WORDS, PATIENCE)
    held = asyncio.create_task(talk.hold())
    for seconds, event in events:
        await asyncio.sleep(seconds)
        talk.note(event)
    async with asyncio.timeout(3):
        return await held, mouth


async def test_a_person_hears_the_news_and_a_goodbye() -> None:
    outcome, mouth = await talked((0, Heard.PERSON))

    assert outcome is Rung.ANSWERED
    assert mouth.said == [NEWS, "Goodbye."]


async def test_keys_say_it_again_and_the_way_and_the_last_words_again() -> None:
    outcome, mouth = await talked((0, Heard.PERSON), (0.1, "1"), (0.1, "2"), (0.1, "*"), (0.1, "7"))

    assert outcome is Rung.ANSWERED
    assert mouth.said == [NEWS, NEWS, WAY, WAY, NEWS, "Goodbye."]


async def test_a_key_cuts_short_what_is_being_said() -> None:
    _, mouth = await talked((0, Heard.PERSON), (0.02, "2"))

    assert mouth.begun[:2] == [NEWS, WAY]
    assert mouth.said == [WAY, "Goodbye."]


async def test_a_line_without_any_sound_is_spoken_to() -> None:
    outcome, mouth = await talked()

    assert outcome is Rung.ANSWERED
    assert mouth.said == [NEWS, "Goodbye."]


async def test_a_machine_hears_nothing_before_its_beep_and_the_message_once() -> None:
    outcome, mouth = await talked((0, Heard.MACHINE), (0.2, Heard.RECORDING))

    assert outcome is Rung.VOICEMAIL
    assert mouth.begun == mouth.said == ["A message."]


@pytest.mark.parametrize("later", [0.02, 0.1])
async def test_a_machine_that_was_taken_for_a_person_has_the_whole_message(later: float) -> None:
    outcome, mouth = await talked((0, Heard.PERSON), (later, Heard.MACHINE), (0.1, Heard.RECORDING))

    assert outcome is Rung.VOICEMAIL
    assert mouth.said[-1] == "A message."
    assert mouth.said.count("A message.") == 1
    assert "Goodbye." not in mouth.begun


async def test_who_presses_a_key_is_a_person_whatever_is_heard() -> None:
    outcome, mouth = await talked((0, Heard.MACHINE), (0.02, "1"), (0.02, Heard.RECORDING))

    assert outcome is Rung.ANSWERED
    assert mouth.said == [NEWS, "Goodbye."]


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        (((0.0, GONE),), Rung.ANSWERED),
        (((0.0, Heard.PERSON), (0.02, GONE)), Rung.ANSWERED),
        (((0.0, Heard.MACHINE), (0.02, GONE)), Rung.NO_MESSAGE),
        (((0.0, Heard.MACHINE), (0.02, Heard.RECORDING), (0.02, GONE)), Rung.NO_MESSAGE),
        (((0.0, Heard.MACHINE),), Rung.NO_MESSAGE),
    ],
    ids=["at once", "a person", "a machine", "in the message", "no beep ever"],
)
async def test_what_a_call_that_is_cut_off_comes_to(
    events: tuple[tuple[float, Heard | str], ...], outcome: Rung
) -> None:
    found, _ = await talked(*events)

    assert found is outcome


async def test_a_voice_that_fails_leaves_an_end() -> None:
    outcome, mouth = await talked((0, Heard.PERSON), is_broken=True)

    assert outcome is Rung.ANSWERED
    assert mouth.begun == [NEWS, "Goodbye."]
