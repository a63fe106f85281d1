"""A caller who waits for a tool hears that somebody is there, and nobody who does not wait hears it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from phone_agent import line
from phone_agent.call import Call
from phone_agent.ordering.sentences import Sentence
from tests.agents.speaking import speaking, with_a_salad
from tests.agents.test_broken_store import nobody_can_write

pytestmark = pytest.mark.hearing

ONE_MOMENT = Sentence.ONE_MOMENT.words()


@pytest.mark.parametrize(("seconds", "fillers"), [(0.2, []), (1.6, [ONE_MOMENT])])
async def test_one_moment_is_said_only_where_a_tool_takes_long(
    call: Call, tmp_path: Path, seconds: float, fillers: list[str]
) -> None:
    async with speaking(call) as spoken:
        with nobody_can_write(tmp_path):
            await spoken.voice("add a caesar salad")
            await asyncio.sleep(seconds)
        await spoken.until_said("Added 1 Caesar Salad")
        words = [text for text, _ in spoken.spoken]

        assert words == [*fillers, "Added 1 Caesar Salad.", "Anything else?"]
        assert call.last_said == "Added 1 Caesar Salad. Anything else?"


async def test_a_tool_that_speaks_long_needs_no_filler(call: Call) -> None:
    async with speaking(call) as spoken:
        await with_a_salad(call)
        await spoken.voice("check out")
        await spoken.until_said(line.how_to_confirm(call).words())

        assert ONE_MOMENT not in [text for text, _ in spoken.spoken]
