"""A handful of whole conversations on every store there is, judged by what the store holds."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from phone_agent.settings import Settings
from phone_agent.store.open import open_store
from phone_agent.store.protocol import Store
from phone_agent.store.seed import DEMO_PHONE
from tests.agents.callers import NEW, names_in, newest_order, talking
from tests.agents.conftest import open_at
from tests.conftest import MENU, STORES
from tests.postgrest.gateway import SECRET_KEY, Mishap
from tests.postgrest.project import Project


@pytest.fixture(params=STORES)
async def store(request: pytest.FixtureRequest, tmp_path: Path, prepared: Path) -> AsyncIterator[Store]:
    if request.param == "sqlite":
        opened = await open_at(Path(shutil.copy(prepared, tmp_path / "orders.sqlite3")))
    else:
        project: Project = request.getfixturevalue("project")
        env = {"SUPABASE_URL": project.url, "SUPABASE_SERVICE_ROLE_KEY": SECRET_KEY, "PHONE_AGENT_MENU": str(MENU)}
        opened = await open_store(Settings.from_env(env))
    yield opened
    await opened.close()


async def test_what_was_ordered_is_in_the_store_once(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad and two grilled salmon")
        await talk.say("make it three salmon")
        await talk.say("check out")
        placed = await talk.press("1")
        order = await newest_order(talk)

    (record,) = await store.find_calls(limit=1)
    assert [(line.quantity, line.name) for line in order.lines] == [(1, "Caesar Salad"), (3, "Grilled Salmon")]
    assert f"{order.number:03}" in placed
    assert record.outcome == "ordered"


async def test_same_as_last_time_is_put_into_the_cart(store: Store) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        await talk.say("what did I order last time")
        await talk.say("yes please")

        assert names_in(talk.call)


async def test_who_gave_a_name_is_known_the_next_time(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.say("yes")
        await talk.say("Maria Lopez")
        await talk.say("yes")
    async with talking(store, NEW) as talk:
        assert "Maria" in talk.said[0]

        await talk.say("forget me")
        await talk.say("yes")
    assert await store.find_profile(NEW) is None


async def test_the_cart_of_a_call_that_broke_off_is_offered_again(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("two grilled salmon")
    async with talking(store, NEW, later=timedelta(minutes=5)) as talk:
        await talk.say("yes please")
        await talk.press("1")
        order = await newest_order(talk)

    assert [(line.quantity, line.name) for line in order.lines] == [(2, "Grilled Salmon")]


async def test_a_dish_that_sells_out_in_mid_call_is_not_ordered(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("two grilled salmon")
        await store.sell_out(talk.call.cart.lines[0].item.id, None)
        await talk.say("check out")
        await talk.press("1")

        assert not await store.find_orders(profile_id=talk.call.profile.id)


@pytest.mark.postgrest
@pytest.mark.parametrize("store", ["supabase"], indirect=True)
async def test_a_supabase_that_is_gone_in_mid_call_is_said_and_forgiven(store: Store, project: Project) -> None:
    async with talking(store, NEW) as talk:
        project.gateway.next("fc_save_cart", *[Mishap.TIRED] * 3)
        refused = await talk.say("two grilled salmon")
        await talk.say("two grilled salmon")
        await talk.say("check out")
        await talk.press("1")
        order = await newest_order(talk)

    assert "can't reach our order book" in refused
    assert [(line.quantity, line.name) for line in order.lines] == [(2, "Grilled Salmon")]
