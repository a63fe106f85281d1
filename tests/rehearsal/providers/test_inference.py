"""LiveKit's own inference classes against the local gateway, in each of its moods."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from livekit.agents import APIError, APIStatusError, inference

from phone_agent.rehearsal.providers.behaviour import Behaviour, Fault, Part, Spread
from phone_agent.rehearsal.providers.brain import Reply, ScriptedBrain, ToolCall
from phone_agent.rehearsal.providers.ears import scripted
from phone_agent.rehearsal.providers.inference import KEY, SECRET, InferenceServer
from tests.rehearsal.providers.plugins import IMPATIENT, asked, finals, heard, is_speech, listening, said, seconds
from tests.rehearsal.providers.test_openai import add
from tests.voice.telephone import spoken

FAILS = [Fault.UNAUTHORIZED, Fault.TOO_MANY, Fault.BROKEN]


def keys(server: InferenceServer, secret: str = SECRET) -> dict[str, Any]:
    return {"base_url": server.base_url, "api_key": KEY, "api_secret": secret}


def hearing(server: InferenceServer) -> inference.STT:
    return inference.STT("deepgram/nova-3", language="en", extra_kwargs={"keyterm": ["pad thai"]}, **keys(server))


def voice(server: InferenceServer) -> inference.TTS:
    return inference.TTS("cartesia/sonic-3", voice="f786b574", sample_rate=24000, **keys(server))


async def test_utterances_become_transcripts() -> None:
    slow = Behaviour(delay=Spread.always(0.4))
    async with InferenceServer(ears=scripted("two pad thai", "yes"), behaviour=slow) as server:
        events = await heard(hearing(server), spoken("two pad thai"), spoken("yes"))

        assert finals(events) == ["Two pad thai.", "Yes."]
        assert server.log[0].messages[0]["settings"]["extra"]["keyterm"] == ["pad thai"]
        assert server.log[0].audio_bytes > 32000
        assert [answer.delay_s for answer in server.answers] == [0.4, 0.4]


async def test_a_model_answers_with_words_and_tools() -> None:
    reply = Reply("One moment.", (ToolCall.of("add", dish="Pad Thai", count=None),))
    async with InferenceServer(ScriptedBrain(reply)) as server:
        async with inference.LLM("openai/gpt-4.1", **keys(server)) as model:
            answer = await asked(model, "A pad thai.", [add])

        assert server.log[-1].body["model"] == "openai/gpt-4.1"
    assert answer.text == "One moment."
    assert [call.name for call in answer.tool_calls] == ["add"]


async def test_texts_are_spoken_one_after_the_other_on_one_connection() -> None:
    async with InferenceServer() as server:
        plugin = voice(server)
        first, second = await said(plugin, "Two pad thai. "), await said(plugin, "And a salad, please. ")
        await plugin.aclose()

        assert [answer.text.strip() for answer in server.answers] == ["Two pad thai.", "And a salad, please."]
        assert len(server.log) == 1
    assert is_speech(first)
    assert 0.6 < seconds(first) < seconds(second) < 3.0


@pytest.mark.parametrize("fault", FAILS)
async def test_a_refusal_is_raised_with_its_status(fault: Fault) -> None:
    async with InferenceServer(behaviour=Behaviour(fault)) as server:
        with pytest.raises(APIStatusError) as deaf:
            await heard(hearing(server), spoken("yes"))
        plugin = voice(server)
        with pytest.raises(APIStatusError) as mute:
            await said(plugin, "Hello. ")
        await plugin.aclose()

    assert deaf.value.status_code == mute.value.status_code == fault.status


@pytest.mark.parametrize("fault", [Fault.DROPPED, Fault.BROKEN, Fault.MUTE])
async def test_speech_that_breaks_off_is_raised(fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "livekit")
    async with InferenceServer(behaviour=Behaviour(fault, after=2)) as server:
        plugin = voice(server)
        with pytest.raises(APIError):
            await said(plugin, "Two strawberry cheesecakes and a pad thai. ", options=IMPATIENT)
        await plugin.aclose()


@pytest.mark.parametrize("fault", [Fault.DROPPED, Fault.BROKEN])
async def test_a_stream_that_is_open_is_struck_at_once(fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "livekit")
    async with InferenceServer(ears=scripted("one", "two")) as server, listening(hearing(server)) as listener:
        await listener.say(spoken("one"))
        assert await listener.final() == "One."
        server.behave(Behaviour(fault), Part.HEARING)

        with pytest.raises(APIError):
            await listener.final(2)


async def test_a_token_of_another_secret_is_refused() -> None:
    async with InferenceServer() as server, inference.LLM("openai/gpt-4.1", **keys(server, SECRET[::-1])) as model:
        with pytest.raises(APIStatusError) as refused:
            await asked(model, "Hello.")

    assert refused.value.status_code == 401
