"""Calls that we make are spoken by the hosted voice too, in their language, and by our own where it fails."""

from __future__ import annotations

import pytest
from livekit.agents import utils

from phone_agent.languages import load_language
from phone_agent.rehearsal.providers.behaviour import Behaviour, Fault
from phone_agent.voice.hosted import HostedVoice
from tests.hosted.closing import close_with_all_voices
from tests.hosted.test_calls import Providers, providers

pytestmark = pytest.mark.program

__all__ = ["providers"]


async def spoken_seconds(voice: HostedVoice, language: str) -> float:
    async with utils.http_context.open():
        speaker = voice.speaker(load_language(language))
        async with speaker.synthesize("Su pedido número 1 ya está listo.") as speech:
            seconds = sum([piece.frame.duration async for piece in speech])
        await close_with_all_voices(speaker)
    return seconds


async def test_the_hosted_voice_speaks_in_the_language_of_the_call(providers: Providers) -> None:
    seconds = await spoken_seconds(HostedVoice(providers.settings), "es")

    assert seconds > 0.5
    assert {message["language"] for asked in providers.cartesia.log for message in asked.messages} == {"es"}


async def test_our_own_voice_speaks_where_the_hosted_one_fails(providers: Providers) -> None:
    providers.behave(Behaviour(Fault.BROKEN))

    assert await spoken_seconds(HostedVoice(providers.settings), "en") > 0.5
