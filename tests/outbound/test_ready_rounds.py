"""Which attempts a worker claims: by the restaurant's clock, and each by one worker; and what a job is told."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.wishes import Wishes
from phone_agent.outbound.ready_job import metadata_for, persistently, ready_call_in
from phone_agent.outbound.ready_rounds import BEGINS_WITHIN, claim_due
from phone_agent.settings import Settings
from phone_agent.store.sqlite import SqliteStore
from tests.builders import NOON, a_menu, a_quote

NIGHT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
"""Ten in the evening in Orlando."""


def the_settings(path: Path, **others: str) -> Settings:
    env = {"PHONE_AGENT_DATABASE": str(path), "PHONE_AGENT_OUTBOUND_ADDRESS": "127.0.0.1"}
    return Settings.from_env({**env, "PHONE_AGENT_QUIET_HOURS": "21:00-08:00", **others})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


async def with_ready_order(path: Path, ready_at: datetime) -> SqliteStore:
    store = await SqliteStore.open(path)
    await store.save_menu(a_menu())
    quote = await a_quote(store, a_menu(), number="+14075550191")
    await store.save_wishes(Wishes(ready_call="en"), cart_id=quote.cart_id)
    order = await store.place_order(quote, confirmed_by="keypad", now=NOON)
    await store.change_order_status(order.id, "preparing", who="staff", now=NOON)
    await store.change_order_status(order.id, "ready", who="staff", now=ready_at)
    return store


async def test_nobody_is_rung_in_quiet_hours_of_the_restaurants_own_clock(path: Path) -> None:
    store = await with_ready_order(path, NIGHT)
    quiet = await claim_due(store, NIGHT, the_settings(path))
    unwatched = await claim_due(store, NIGHT, the_settings(path, PHONE_AGENT_QUIET_HOURS="23:00-08:00"))
    await store.close()

    assert quiet == []
    assert len(unwatched) == 1


@pytest.mark.parametrize("zone", ["Orlando", "America", "../etc/localtime", ""])
async def test_an_order_with_no_time_zone_there_is_rung_about_by_the_home_ones_clock(path: Path, zone: str) -> None:
    store = await with_ready_order(path, NIGHT)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE fc_orders SET timezone = ?", (zone,))
    quiet = await claim_due(store, NIGHT, the_settings(path))
    claimed = await claim_due(store, NIGHT, the_settings(path, PHONE_AGENT_QUIET_HOURS="23:00-08:00"))
    await store.close()

    assert quiet == []
    assert len(claimed) == 1


async def test_without_a_way_out_nobody_is_rung(path: Path) -> None:
    store = await with_ready_order(path, NOON)
    settings = the_settings(path).model_copy(update={"outbound_address": None})
    claimed = await claim_due(store, NOON, settings)
    await store.close()

    assert claimed == []


async def test_of_two_workers_one_claims_it_and_a_job_that_never_began_is_made_good(path: Path) -> None:
    store, settings = await with_ready_order(path, NOON), the_settings(path)
    other = await SqliteStore.open(path)
    first = await asyncio.gather(claim_due(store, NOON, settings), claim_due(other, NOON, settings))
    soon = await claim_due(store, NOON + timedelta(seconds=30), settings)
    later = await claim_due(other, NOON + BEGINS_WITHIN, settings)
    await store.close()
    await other.close()

    assert sorted(map(len, first)) == [0, 1]
    assert soon == []
    assert len(later) == 1


def test_a_job_is_told_which_attempt_it_is_for() -> None:
    attempt = str(uuid4())

    assert ready_call_in(metadata_for(attempt)) == attempt


@pytest.mark.parametrize("metadata", ["", "{", "[]", '{"name": "Maria"}', '{"ready_call": 7}', '{"ready_call": "x"}'])
def test_any_other_job_answers_the_phone(metadata: str) -> None:
    assert ready_call_in(metadata) is None


async def test_that_somebody_has_answered_is_written_though_the_store_is_away_for_a_moment() -> None:
    tried = []

    async def write() -> None:
        tried.append(1)
        if len(tried) < 3:
            raise StoreUnavailable("away")

    await persistently(write)

    assert len(tried) == 3
