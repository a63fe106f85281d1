"""Two softphones that ring each other: no server, no agent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from phone_agent.rehearsal.softphone import Softphone
from phone_agent.rehearsal.sound import read_wav
from phone_agent.rehearsal.speech_of_caller import as_telephone_sound, speak
from phone_agent.voice.offline.speakable import speakable


@dataclass(frozen=True)
class Line:
    caller: Softphone
    callee: Softphone


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with await Softphone.open(from_number="restaurant", answers=True) as callee, await Softphone.open() as caller:
        await caller.dial(f"sip:restaurant@127.0.0.1:{callee.sip_port}")
        await callee.wait_until_answered()
        yield Line(caller, callee)


@pytest.fixture
async def sentence(tmp_path: Path) -> bytes:
    return read_wav(await speak("Two pad thai, please.", folder=tmp_path))


async def agent_says(text: str, folder: Path) -> bytes:
    wide = folder / "agent.wav"
    flite = await asyncio.create_subprocess_exec("flite", "-voice", "slt", "-t", speakable(text), "-o", str(wide))
    await flite.wait()
    return as_telephone_sound(wide)
