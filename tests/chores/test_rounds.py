"""Rounds go on, whatever happens in one of them."""

from __future__ import annotations

import asyncio

import pytest

from phone_agent.chores.rounds import Rounds
from phone_agent.settings import Settings


class Odd(Rounds):
    """Its first round meets what nobody expected."""

    def __init__(self) -> None:
        super().__init__(Settings.from_env({}), every_s=0.01)
        self.made = 0
        self.has_made_three = asyncio.Event()

    async def _go(self) -> None:
        self.made += 1
        if self.made == 1:
            raise LookupError("no such zone")
        if self.made == 3:
            self.has_made_three.set()

    def _missed(self) -> None:
        raise AssertionError("the store was there")


async def test_a_round_that_fails_is_told_in_the_log_and_followed_by_others(caplog: pytest.LogCaptureFixture) -> None:
    rounds = Odd()
    rounds.watch()
    async with asyncio.timeout(5):
        await rounds.has_made_three.wait()
    await rounds.stop()

    (told,) = [record for record in caplog.records if record.name == "phone_agent.chores.rounds"]
    assert told.levelname == "ERROR"
    assert "no such zone" in caplog.text
