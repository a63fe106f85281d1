"""Whole calls in writing on a Supabase whose answers are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.sentences import Sentence
from phone_agent.store.supabase import SupabaseStore
from tests.agents.callers import NEW, talking
from tests.builders import item_named
from tests.postgrest.gateway import SECRET_KEY, Mishap
from tests.postgrest.project import Project

pytestmark = pytest.mark.postgrest


@pytest.fixture
async def hurried(project: Project, supabase: SupabaseStore) -> AsyncIterator[SupabaseStore]:
    """Its patience ends soon."""
    opened = await SupabaseStore.open(project.url, SECRET_KEY, longest_wait_s=1.5, answer_s=0.7)
    yield opened
    await opened.close()


@pytest.mark.parametrize("again", ["1", "check out", "no"])
async def test_an_order_whose_answer_never_came_is_told_of(
    hurried: SupabaseStore, project: Project, again: str
) -> None:
    async with talking(hurried, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        project.gateway.next("fc_place_order", *[Mishap.NO_ANSWER] * 3)
        first = await talk.press("1")
        project.gateway.mishaps.clear()
        talk.pause()
        second = await (talk.press(again) if again == "1" else talk.say(again))

    assert first == Sentence.PLACING_UNKNOWN.words()
    assert "number is #001" in second
    assert project.sql("select count(*) from fc_orders") == [(1,)]


async def test_a_call_that_ended_without_an_answer_is_told_of_by_the_next(
    hurried: SupabaseStore, project: Project
) -> None:
    async with talking(hurried, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        project.gateway.next("fc_place_order", *[Mishap.NO_ANSWER] * 12)
        await talk.press("1")
        talk.pause()
        last = await talk.press("1")
    project.gateway.mishaps.clear()
    async with talking(hurried, NEW) as talk:
        greeting = talk.said[0]

    assert last == Sentence.PLACING_UNKNOWN_GOODBYE.words()
    assert "Your order from The Grill is in the kitchen" in greeting
    assert project.sql("select count(*) from fc_orders") == [(1,)]
    assert project.sql("select outcome, reason from fc_calls where ended_at is not null order by rowid")[0] == (
        "ordered",
        "store_unavailable",
    )


async def test_a_dish_that_sold_out_meanwhile_is_not_put_in(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    async with talking(supabase, NEW) as talk:
        await talk.say("a caesar salad")
        await supabase.sell_out(item_named(menu, "Grilled Salmon").id, None)
        project.gateway.forget()
        refused = await talk.say("a grilled salmon")
        await supabase.sell_out(item_named(menu, "Caesar Salad").id, None)
        offered = await talk.say("check out")
        left = await talk.say("yes")

    assert refused == "Grilled Salmon is sold out today. What else would you like?"
    assert offered == "Caesar Salad is sold out now. Shall I leave it out?"
    assert left == "Removed Caesar Salad. Your cart is empty now."
