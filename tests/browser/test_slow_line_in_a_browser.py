"""A slow and lossy line: the page comes up, and a call over it still ends in the order that was spoken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from phone_agent.stack.ports import free_port
from tests.browser.house import House
from tests.browser.orders import order_of
from tests.browser.slow_line import HERE, THROUGH_THE_RELAY, Lane, SlowLine
from tests.browser.visitor import speech, visitor
from tests.stack.calls import lines_of

pytestmark = [pytest.mark.stack, pytest.mark.long, pytest.mark.timeout(240)]

DELAY_S = 0.1
"""Each way: 200 ms there and back."""
LOSS = 0.03
BITS_PER_S = 100_000
FEWEST_DATAGRAMS = 200
"""Silence sends hardly any."""
PATIENCE_MS = 60_000


@asynccontextmanager
async def far_away(house: House, line: SlowLine) -> AsyncIterator[tuple[House, int]]:
    """The same house at the other end of the line, and the port of its media."""
    port = free_port()
    livekit = (HERE, house.stack.ports.livekit)
    media = (HERE, house.stack.ports.media)
    async with line.stream((HERE, port)) as web, line.stream(livekit) as signal, line.datagrams(media) as udp:
        env = house.env | {
            "PHONE_AGENT_WEB_PORT": str(port),
            "PHONE_AGENT_PUBLIC_URL": (url := f"http://{HERE}:{web}"),
            "LIVEKIT_PUBLIC_URL": f"ws://{HERE}:{signal}",
        }
        far = replace(house, web_url=url, env=env)
        await asyncio.to_thread(far.start_web, "web-far")
        yield far, udp


async def test_an_order_by_voice_comes_over_a_slow_and_lossy_line(house: House, tmp_path: Path) -> None:
    line = SlowLine(Lane(DELAY_S, LOSS, BITS_PER_S), Lane(DELAY_S, LOSS, BITS_PER_S))
    said = await speech(
        tmp_path, [(10.0, "I would like a caesar salad and a grilled salmon"), (9.0, "check out please")]
    )
    async with far_away(house, line) as (far, udp), visitor(far, microphone=said) as caller:
        caller.page.set_default_timeout(PATIENCE_MS)
        await caller.context.add_init_script(THROUGH_THE_RELAY % {"host": HERE, "port": udp})
        await caller.visit()
        await caller.call(patience_ms=PATIENCE_MS)
        before = line.up.passed
        await caller.sees("Caesar Salad", "Grilled Salmon", in_card="cart")
        await caller.sees("Caesar Salad", "Grilled Salmon", in_card="quote")
        await caller.button("Confirm").click()
        await caller.sees("Order", in_card="order")
        order = await order_of(far, caller)

    assert lines_of(order) == [(1, "Caesar Salad"), (1, "Grilled Salmon")]
    assert order.confirmed_by == "page"
    assert caller.errors == []
    assert line.up.passed - before > FEWEST_DATAGRAMS
    assert line.up.dropped > 0 < line.down.dropped
