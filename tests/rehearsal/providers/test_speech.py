"""deepgram.TTS, cartesia.TTS and openai.TTS against the local services, in each of their moods."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from livekit import rtc
from livekit.agents import APIConnectOptions, APIError, APIStatusError, tts
from livekit.plugins import cartesia, deepgram, openai

from phone_agent.rehearsal.providers.behaviour import NORMAL, Behaviour, Fault, Part, Spread
from phone_agent.rehearsal.providers.cartesia import CartesiaServer
from phone_agent.rehearsal.providers.deepgram import DeepgramServer
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.rehearsal.providers.server import Provider
from tests.rehearsal.providers.plugins import IMPATIENT, ONCE, is_speech, recognised, said, said_at_once, seconds

TEXT = "Two strawberry cheesecakes and a pad thai please. "


@dataclass(frozen=True)
class Speech:
    server: Callable[[Behaviour], Provider]
    plugin: Callable[[Provider], tts.TTS[Any]]
    streams: bool = True

    @asynccontextmanager
    async def open(self, behaviour: Behaviour = NORMAL) -> AsyncIterator[tuple[Provider, tts.TTS[Any]]]:
        async with self.server(behaviour) as server:
            plugin = self.plugin(server)
            try:
                yield server, plugin
            finally:
                await plugin.aclose()

    async def say(self, plugin: tts.TTS[Any], options: APIConnectOptions = ONCE) -> list[rtc.AudioFrame]:
        if self.streams:
            return await said(plugin, TEXT, options=options)
        return await said_at_once(plugin, TEXT, options=options)


def _deepgram(server: Provider) -> tts.TTS[Any]:
    assert isinstance(server, DeepgramServer)
    return deepgram.TTS(base_url=server.speak_url, api_key="key")


def _cartesia(server: Provider) -> tts.TTS[Any]:
    return cartesia.TTS(base_url=server.base_url, api_key="key", speed=1.1)


def _openai(server: Provider) -> tts.TTS[Any]:
    return openai.TTS(base_url=server.base_url, api_key="key", response_format="pcm")


SPEECHES = {
    "deepgram": Speech(lambda behaviour: DeepgramServer(behaviour=behaviour), _deepgram),
    "cartesia": Speech(CartesiaServer, _cartesia),
    "openai": Speech(lambda behaviour: OpenAIServer(behaviour=behaviour), _openai, streams=False),
}
EACH = pytest.mark.parametrize("speech", SPEECHES.values(), ids=SPEECHES)


@EACH
@pytest.mark.hearing
async def test_what_is_said_is_speech_and_can_be_understood(speech: Speech) -> None:
    async with speech.open() as (_, plugin):
        sound = await speech.say(plugin)

    assert recognised(sound) == "two strawberry cheesecakes and a pad thai please"
    assert is_speech(sound)
    assert sound[0].sample_rate == 24000


@EACH
async def test_a_text_in_one_request_is_as_long_as_streamed(speech: Speech) -> None:
    async with speech.open() as (_, plugin):
        streamed, whole = await speech.say(plugin), await said_at_once(plugin, TEXT)

    assert seconds(whole) == pytest.approx(seconds(streamed), abs=0.3)


@EACH
async def test_the_first_sound_comes_after_its_delay(speech: Speech) -> None:
    async with speech.open(Behaviour(delay=Spread.always(0.4))) as (server, plugin):
        await speech.say(plugin)

        [answer] = server.answers
        assert answer.part is Part.SPEECH
        assert answer.text.strip() == TEXT.strip()
        assert 0.4 <= (answer.first_at or 0) - answer.asked_at < 0.9


@EACH
@pytest.mark.parametrize("fault", [Fault.UNAUTHORIZED, Fault.TOO_MANY, Fault.BROKEN])
async def test_a_refusal_is_raised_with_its_status(speech: Speech, fault: Fault) -> None:
    async with speech.open(Behaviour(fault)) as (server, plugin):
        with pytest.raises(APIStatusError) as refused:
            await speech.say(plugin)

        assert server.log[-1].status == fault.status
    assert refused.value.status_code == fault.status


BREAKS = [("deepgram", Fault.DROPPED), ("deepgram", Fault.MUTE), ("cartesia", Fault.DROPPED), ("cartesia", Fault.MUTE),
          ("openai", Fault.DROPPED)]  # fmt: skip


@pytest.mark.parametrize("after", [0, 2])
@pytest.mark.parametrize(("name", "fault"), BREAKS)
async def test_speech_that_breaks_off_is_raised(
    name: str, fault: Fault, after: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "livekit")
    async with SPEECHES[name].open(Behaviour(fault, after=after, between=Spread.always(0.01))) as (_, plugin):
        with pytest.raises(APIError):
            async with asyncio.timeout(5):
                await SPEECHES[name].say(plugin, IMPATIENT)


async def test_openai_that_is_mute_is_waited_for_without_end() -> None:
    """The plugin gives a reading of 30 seconds whatever the session wants: a watchdog has to stand before it."""
    speech = SPEECHES["openai"]
    async with speech.open(Behaviour(Fault.MUTE, after=1)) as (_, plugin):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(speech.say(plugin, IMPATIENT), IMPATIENT.timeout * 2)


@pytest.mark.parametrize("name", ["deepgram", "cartesia"])
async def test_an_unreadable_answer_is_raised(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "livekit")
    speech = SPEECHES[name]
    async with speech.open(Behaviour(Fault.MALFORMED, after=2)) as (_, plugin):
        with pytest.raises(APIError):
            await speech.say(plugin)


@EACH
async def test_a_provider_that_was_down_serves_again(speech: Speech, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "livekit")
    async with speech.open() as (server, plugin):
        before = seconds(await speech.say(plugin))
        server.behave(Behaviour(Fault.DROPPED), Part.SPEECH)
        with pytest.raises(APIError):
            await speech.say(plugin)
        server.behave(NORMAL)
        after = seconds(await speech.say(plugin))

    assert after == pytest.approx(before, abs=0.1)


async def test_words_come_with_times_where_cartesia_is_asked_for_them() -> None:
    async with CartesiaServer() as server:
        plugin = cartesia.TTS(base_url=server.base_url, api_key="key")
        async with plugin.stream(conn_options=ONCE) as stream:
            stream.push_text("One pad thai. Two spring rolls. ")
            stream.end_input()
            timed = [word async for event in stream for word in event.frame.userdata.get("lk.timed_transcripts", [])]
        await plugin.aclose()

    assert "".join(timed).split() == ["One", "pad", "thai.", "Two", "spring", "rolls."]
    starts = [word.start_time for word in timed]
    assert starts == sorted(starts)
    assert starts[-1] > 1.0


async def test_an_interrupted_sentence_does_not_leak_into_the_next() -> None:
    """The plugin keeps the connection of a sentence that was broken off, with its sound still on the way."""
    async with CartesiaServer(Behaviour(between=Spread.always(0.05))) as server:
        plugin = cartesia.TTS(base_url=server.base_url, api_key="key")
        async with plugin.stream(conn_options=ONCE) as stream:
            stream.push_text("This sentence goes on and on and on and is cut in the middle of its course. ")
            stream.flush()
            await anext(stream)
        short = await said(plugin, "Yes. ")
        await plugin.aclose()

    assert seconds(short) < 1.0


@pytest.mark.parametrize("form", ["mp3", "opus", "flac", "wav"])
@pytest.mark.hearing
async def test_openai_speaks_in_the_formats_it_offers(form: str) -> None:
    async with OpenAIServer() as server:
        plugin = openai.TTS(base_url=server.base_url, api_key="key", response_format=form, model="tts-1")
        sound = await said_at_once(plugin, TEXT)
        await plugin.aclose()

    assert "strawberry cheesecakes and a pad thai please" in recognised(sound)


async def test_a_voice_that_cartesia_does_not_know_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    """An error says `done` too, as the service's does, and the plugin takes it for the end of the sound."""
    caplog.set_level(logging.CRITICAL, "livekit")
    async with CartesiaServer() as server:
        plugin = cartesia.TTS(base_url=server.base_url, api_key="key", voice="")
        with pytest.raises(APIError, match="no audio frames"):
            await said(plugin, TEXT)
        await plugin.aclose()


@pytest.mark.parametrize("rate", [8000, 16000])
@pytest.mark.hearing
async def test_telephone_rates_are_served(rate: int) -> None:
    async with CartesiaServer() as server:
        plugin = cartesia.TTS(base_url=server.base_url, api_key="key", sample_rate=rate)
        sound = await said(plugin, TEXT)
        await plugin.aclose()

    assert sound[0].sample_rate == rate
    assert recognised(sound).endswith("and a pad thai please")


@pytest.mark.hearing
async def test_cartesia_says_words_that_are_written_by_their_sounds() -> None:
    async with CartesiaServer() as server:
        plugin = cartesia.TTS(base_url=server.base_url, api_key="key")
        sound = await said(plugin, "One <<p|\u00e6|d>> <<t|a\u026a>> please. ")
        await plugin.aclose()

    assert recognised(sound) == "one pad thai please"
