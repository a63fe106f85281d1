"""deepgram.STT and deepgram.STTv2 against the local Deepgram, in each of its moods."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from livekit.agents import APIError, APIStatusError, stt
from livekit.plugins import deepgram

from phone_agent.rehearsal.providers.behaviour import NORMAL, Behaviour, Fault, Part, Spread
from phone_agent.rehearsal.providers.deepgram import DeepgramServer
from phone_agent.rehearsal.providers.ears import listening as by_ear
from phone_agent.rehearsal.providers.ears import scripted, scripted_per_connection
from tests.rehearsal.providers.plugins import END, FINAL, INTERIM, finals, heard, listening, texts
from tests.voice.food import food
from tests.voice.telephone import frames, spoken

START = stt.SpeechEventType.START_OF_SPEECH
Plugin = Callable[[DeepgramServer], stt.STT[Any]]
PREFLIGHT = stt.SpeechEventType.PREFLIGHT_TRANSCRIPT


def nova(server: DeepgramServer, keyterm: list[str] | None = None) -> deepgram.STT:
    return deepgram.STT(base_url=server.base_url, api_key="key", keyterm=keyterm or ["pad thai"])


def flux(server: DeepgramServer) -> deepgram.STTv2:
    return deepgram.STTv2(base_url=server.flux_url, api_key="key", eager_eot_threshold=0.4)


@pytest.mark.parametrize("delay_s", [0, 0.2])
async def test_each_utterance_has_its_text_between_its_start_and_its_end(delay_s: float) -> None:
    slow = Behaviour(delay=Spread.always(delay_s))
    async with DeepgramServer(scripted("two pad thai", "what do you have"), slow) as server:
        events = await heard(nova(server), spoken("two pad thai"), spoken("what do you have"))

    assert finals(events) == ["Two pad thai.", "What do you have?"]
    kinds = [event.type for event in events if event.type in (START, FINAL, END)]
    assert kinds == [START, FINAL, END] * 2
    assert texts(events, INTERIM)[0] == "two"


async def test_words_carry_times_within_the_sound() -> None:
    async with DeepgramServer(scripted("two pad thai")) as server:
        events = await heard(nova(server), spoken("two pad thai"))

    final = next(event.alternatives[0] for event in events if event.type is FINAL)
    assert [str(word) for word in final.words or ()] == ["Two", "pad", "thai."]
    assert 0.2 < final.start_time < 0.6
    assert final.start_time + 0.5 < final.end_time < 2.5


@pytest.mark.hearing
async def test_the_projects_own_ears_hear_what_was_really_said() -> None:
    async with DeepgramServer(by_ear(food())) as server:
        events = await heard(nova(server), spoken("two strawberry cheesecakes"), spoken("yes please"))

    assert finals(events) == ["Two strawberry cheesecakes.", "Yes please."]


async def test_silence_is_no_utterance_and_uses_up_no_line() -> None:
    async with DeepgramServer(scripted("yes")) as server:
        events = await heard(nova(server), bytes(32000), spoken("yes"), ends=1)

    assert finals(events) == ["Yes."]


async def test_calls_at_once_each_have_the_whole_script() -> None:
    async with DeepgramServer(scripted_per_connection(["one", "two"])) as server:
        both = await asyncio.gather(*(heard(nova(server), spoken("one"), spoken("two")) for _ in range(2)))

    assert [finals(events) for events in both] == [["One.", "Two."]] * 2


async def test_flux_prepares_a_turn_before_it_ends_it() -> None:
    async with DeepgramServer(scripted("two pad thai")) as server:
        events = await heard(flux(server), spoken("two pad thai"))

    assert texts(events, PREFLIGHT) == texts(events, FINAL) == ["two pad thai"]
    assert [event.type for event in events if event.type in (START, PREFLIGHT, FINAL, END)] == [
        START, PREFLIGHT, FINAL, END,
    ]  # fmt: skip


async def test_a_whole_recording_is_transcribed_in_one_request() -> None:
    async with DeepgramServer(scripted("green curry")) as server:
        event = await nova(server).recognize(frames(spoken("green curry")))

    assert event.alternatives[0].text == "Green curry."


async def test_a_transcript_comes_when_its_delay_is_over_and_the_delay_is_on_record() -> None:
    async with DeepgramServer(scripted("yes"), Behaviour(delay=Spread.always(0.9))) as server:
        async with listening(nova(server)) as listener:
            await listener.say(spoken("yes"))
            await listener.final()

        [answer] = server.answers
        assert answer.delay_s == 0.9
        assert answer.part is Part.HEARING
        assert 0.9 <= (answer.first_at or 0) - answer.asked_at < 1.3


async def test_what_was_asked_is_on_record() -> None:
    async with DeepgramServer(scripted("yes")) as server:
        await heard(nova(server, keyterm=["pad thai", "tom yum"]), spoken("yes"))

        [asked] = server.log
        assert (asked.path, asked.params["model"], asked.status) == ("/v1/listen", ["nova-3"], 101)
        assert asked.params["keyterm"] == ["pad thai", "tom yum"]
        assert asked.headers["Authorization"] == "Token key"
        assert asked.audio_bytes > 32000
        assert {"type": "KeepAlive"} in asked.messages


async def test_too_many_keyterms_are_refused() -> None:
    async with DeepgramServer() as server:
        with pytest.raises(APIStatusError) as refused:
            await heard(nova(server, keyterm=[f"strawberry cheesecake {n}" for n in range(100)]), spoken("yes"))

    assert refused.value.status_code == 400


@pytest.mark.parametrize("fault", [Fault.UNAUTHORIZED, Fault.TOO_MANY, Fault.BROKEN])
@pytest.mark.parametrize("plugin", [nova, flux])
async def test_a_refusal_is_raised_with_its_status(fault: Fault, plugin: Plugin) -> None:
    async with DeepgramServer(behaviour=Behaviour(fault)) as server:
        with pytest.raises(APIStatusError) as refused:
            await heard(plugin(server), spoken("yes"))

    assert refused.value.status_code == fault.status


@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("plugin", [nova, flux])
async def test_a_dropped_connection_is_raised(after: int, plugin: Plugin) -> None:
    async with DeepgramServer(scripted("yes"), Behaviour(Fault.DROPPED, after=after)) as server:
        async with listening(plugin(server)) as listener:
            await listener.say(spoken("two strawberry cheesecakes"))
            with pytest.raises(APIError):
                await listener.final()

        assert finals(listener.events) == []


@pytest.mark.parametrize("fault", [Fault.DROPPED, Fault.UNAUTHORIZED, Fault.BROKEN])
async def test_a_connection_that_is_open_is_struck_at_once(fault: Fault) -> None:
    async with DeepgramServer(scripted("one", "two")) as server, listening(nova(server)) as listener:
        await listener.say(spoken("one"))
        assert await listener.final() == "One."
        server.behave(Behaviour(fault), Part.HEARING)

        with pytest.raises(APIError):
            await listener.final(2)


@pytest.mark.parametrize("fault", [Fault.MUTE, Fault.MALFORMED])
@pytest.mark.parametrize("plugin", [nova, flux])
async def test_a_mute_or_unreadable_provider_raises_nothing_and_says_nothing(
    fault: Fault, plugin: Plugin, caplog: pytest.LogCaptureFixture
) -> None:
    """Which is why a watchdog stands before it."""
    caplog.set_level(logging.ERROR, "livekit.plugins.deepgram")
    async with (
        DeepgramServer(scripted("one", "two"), Behaviour(fault, after=1)) as server,
        listening(plugin(server)) as listener,
    ):
        await listener.say(spoken("two strawberry cheesecakes"))
        await asyncio.sleep(0.6)

        assert not listener.task.done()
        assert [event.type for event in listener.events][:1] == [START]
        assert finals(listener.events) == []
    unreadable = [one for one in caplog.messages if "failed to process" in one]
    assert bool(unreadable) is (fault is Fault.MALFORMED)


async def test_a_provider_that_was_mute_says_late_what_it_held_back() -> None:
    async with DeepgramServer(scripted("one", "two")) as server, listening(nova(server)) as listener:
        server.behave(Behaviour(Fault.MUTE))
        await listener.say(spoken("one"))
        await asyncio.sleep(0.3)
        assert not listener.events
        server.behave(NORMAL)

        assert await listener.final() == "One."
