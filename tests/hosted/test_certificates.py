"""Certificates are read where a process warms up, and by no call."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from livekit.agents.utils import http_context

from phone_agent.call import Call
from phone_agent.clients.trust import trusted
from phone_agent.settings import Settings
from phone_agent.voice.choice import voice_for
from phone_agent.voice.hosted import HostedVoice
from phone_agent.voice.inference import InferenceVoice

ALL_KEYS = {"OPENAI_API_KEY": "k", "DEEPGRAM_API_KEY": "k", "CARTESIA_API_KEY": "k", "FIREWORKS_API_KEY": "k"}
INFERENCE = {
    "PHONE_AGENT_VOICE": "inference",
    "LIVEKIT_INFERENCE_API_KEY": "k",
    "LIVEKIT_INFERENCE_API_SECRET": "s" * 32,
}
READING = {"load_verify_locations", "set_default_verify_paths"}
"""What OpenSSL is asked for by whoever makes a context that trusts somebody."""


@contextmanager
def readings() -> Iterator[list[str]]:
    """Python itself tells of each call into OpenSSL."""
    seen: list[str] = []

    def on_call(_: FrameType, event: str, called: Any) -> None:  # noqa: ANN401
        if event == "c_call" and getattr(called, "__name__", "") in READING:
            seen.append(called.__name__)

    sys.setprofile(on_call)
    try:
        yield seen
    finally:
        sys.setprofile(None)


@pytest.fixture
def connections() -> None:
    """None yet: they are what is looked at."""


async def pipeline(voice: HostedVoice, call: Call) -> None:
    made = voice.pipeline(call)
    async with http_context.open():
        pass
    assert made.tts is not None


async def read_by(work: Callable[[], Awaitable[None]]) -> list[str]:
    with readings() as seen:
        await work()
    return seen


@pytest.mark.parametrize("env", [{**ALL_KEYS, "PHONE_AGENT_VOICE": "hosted"}, INFERENCE], ids=["hosted", "inference"])
async def test_a_call_after_the_warm_up_reads_no_certificates(call: Call, env: dict[str, str]) -> None:
    trusted.cache_clear()
    voice = voice_for(Settings.from_env(env))
    assert isinstance(voice, HostedVoice)
    voice.prepare(call.menu)
    at_warm_up = await read_by(voice.warm)
    in_the_call = await read_by(lambda: pipeline(voice, call))

    assert len(at_warm_up) >= 1
    assert in_the_call == []


async def test_certificates_are_read_in_the_call_where_nothing_was_warmed(call: Call) -> None:
    """So that the test above can fail."""
    trusted.cache_clear()
    voice = HostedVoice(Settings.from_env({**ALL_KEYS, "PHONE_AGENT_VOICE": "hosted"}))

    assert await read_by(lambda: pipeline(voice, call)) != []


async def test_two_calls_of_one_process_share_no_model() -> None:
    """Each closes its own when it ends."""
    voice = InferenceVoice(Settings.from_env(INFERENCE))
    await voice.warm()
    (first,), (second,) = voice.models(), voice.models()

    assert first is not second
    for model in (first, second):
        await model.aclose()
