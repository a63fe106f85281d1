"""The offline voice: early, trimmed, remembered, and understood when it is listened to."""

import asyncio
import time

import numpy as np
import pytest

from phone_agent.voice.offline import voices
from phone_agent.voice.offline.stt import OfflineSTT
from phone_agent.voice.offline.tts import OfflineTTS, clauses
from tests.voice.food import food
from tests.voice.telephone import RATE, frames, silence

LONG = "I have two strawberry cheesecakes and one pad thai with shrimp in your cart for you."


async def said(voice: OfflineTTS, text: str) -> bytes:
    return b"".join([bytes(event.frame.data) async for event in voice.synthesize(text)])


def first_sound_s(pcm: bytes) -> float:
    loud = np.flatnonzero(np.abs(np.frombuffer(pcm, np.int16).astype(int)) > 300)
    return float(loud[0]) / RATE


async def test_speech_begins_with_its_first_sound() -> None:
    pcm = await said(OfflineTTS(), "Your total is $31.98.")

    assert first_sound_s(pcm) < 0.03
    assert 2.0 < len(pcm) / 2 / RATE < 4.0


async def test_what_is_said_can_be_understood() -> None:
    pcm = await said(OfflineTTS(), "Can I get 2 strawberry cheesecakes & a pad thai please?")

    event = await OfflineSTT(food()).recognize(frames(silence(0.3) + pcm + silence(0.3)))

    assert event.alternatives[0].text == "can i get two strawberry cheesecakes and a pad thai please"


async def test_the_first_sound_comes_long_before_the_last() -> None:
    began, first = time.perf_counter(), 0.0
    async for _ in OfflineTTS().synthesize(
        "I have two strawberry cheesecakes and one pad thai with shrimp in your cart."
    ):
        first = first or time.perf_counter() - began
    whole = time.perf_counter() - began

    assert first < whole * 0.6


async def test_a_repeated_sentence_is_not_made_again() -> None:
    voice = OfflineTTS()
    sentence = "Your order number is 107, thank you."
    once = await said(voice, sentence)
    began = time.thread_time()
    twice = await said(voice, sentence)

    assert twice == once
    assert time.thread_time() - began < 0.05


async def test_a_cancelled_sentence_stops_being_made() -> None:
    voice = OfflineTTS()
    stream = voice.synthesize(
        "This sentence goes on for a good while so that it can be cut in the middle of its course."
    )
    await anext(stream)
    await stream.aclose()

    assert await asyncio.wait_for(said(voice, "Thank you."), 10)


async def test_a_machine_without_flite_still_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "flite", lambda _name: None)
    voice = OfflineTTS()

    pcm = await said(voice, "Two pad thai")

    assert voice.model == "espeak-ng"
    assert 0.5 < len(pcm) / 2 / RATE < 3.0


def test_sentences_are_cut_at_their_clauses() -> None:
    parts = [clause for clause, _pause in clauses("Sorry, I have no ramen. Would you like pad thai, or green curry?")]

    assert parts == ["Sorry, I have no ramen.", "Would you like pad thai,", "or green curry?"]
