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
from phone_agent.voice.hosted import HostedVoice

ALL_KEYS = {"OPENAI_API_KEY": "k", "DEEPGRAM_API_KEY": "k", "CARTESIA_API_KEY": "k", "FIREWORKS_API_KEY": "k"}
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


async def test_a_call_after_the_warm_up_reads_no_certificates(call: Call) -> None:
    trusted.cache_clear()
    voice = HostedVoice(Settings.from_env({**ALL_KEYS, "PHONE_AGENT_VOICE": "hosted"}))
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
