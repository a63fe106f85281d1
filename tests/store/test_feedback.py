"""What callers told the restaurant: kept once, of an order or of none, and forgotten with its caller."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from phone_agent.ordering.menu import Menu
from phone_agent.store.protocol import Store
from phone_agent.store.records import Feedback
from tests.builders import NOON, a_call, a_quote

PHONE = "+14075550161"


async def test_feedback_is_kept_with_its_order_and_read_newest_first(store: Store, menu: Menu) -> None:
    order = await store.place_order(await a_quote(store, menu), confirmed_by="keypad", now=NOON)
    cold = Feedback(order.profile_id, "negative", "the salmon was cold", NOON, order.id)
    good = Feedback(order.profile_id, "positive", "lovely", NOON + timedelta(minutes=1))
    await store.save_feedback(cold)
    await store.save_feedback(good)

    assert list(await store.find_feedback()) == [good, cold]
    assert list(await store.find_feedback(limit=1)) == [good]


async def test_feedback_that_is_sent_again_is_kept_once(store: Store) -> None:
    record = await a_call(store, PHONE)
    said = Feedback(record.profile_id, "neutral", "open on Sundays, please", NOON)
    await store.save_feedback(said)
    await store.save_feedback(said)

    assert [found.id for found in await store.find_feedback()] == [said.id]


async def test_what_a_forgotten_caller_said_is_gone_and_the_mood_stays(store: Store) -> None:
    record = await a_call(store, PHONE)
    said = Feedback(record.profile_id, "negative", "call me back", NOON)
    await store.save_feedback(said)
    await store.forget(PHONE, now=NOON)

    assert list(await store.find_feedback()) == [replace(said, notes="")]
