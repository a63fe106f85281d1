"""Between two sentences the telephone hears that the line is alive."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from phone_agent.rehearsal.caller import SimulatedCaller
from phone_agent.rehearsal.sound import LOUD, PIECE_SAMPLES, as_samples
from tests.stack.calls import Line

pytestmark = [pytest.mark.stack, pytest.mark.timeout(120)]

QUIET_S = 3.0
LATE_S = 0.1
FAINTEST_CODE = 8
"""What G.711 makes of silence is no louder."""


async def test_a_quiet_line_is_never_dead(line: Line) -> None:
    async with await SimulatedCaller.open(None, from_number="+14075550134") as caller:
        await caller.ring(line.stack.sip_uri)
        await caller.listen()
        heard = caller.phone.recording.heard
        before = len(heard.pcm) // 2 // PIECE_SAMPLES
        await asyncio.sleep(QUIET_S)
        pieces = as_samples(heard.pcm[before * PIECE_SAMPLES * 2 :]).reshape(-1, PIECE_SAMPLES)
        times = [heard.time_of((before + n) * PIECE_SAMPLES) for n in range(len(pieces))]
        await caller.hang_up()

    loudest = np.abs(pieces.astype(int)).max(axis=1)
    assert len(pieces) > QUIET_S / 0.02 * 0.95
    assert max(np.diff(times)) < LATE_S
    assert (loudest < LOUD).all()
    assert (loudest > FAINTEST_CODE).mean() > 0.95
