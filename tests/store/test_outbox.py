"""The outbox: written with what it tells of, taken by one sender at a time, and purged when it is old."""

from __future__ import annotations

import asyncio

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Order
from phone_agent.store.outbox import Settled
from phone_agent.store.protocol import Store
from tests.builders import NOON, a_quote
from tests.store.telling import MINUTE, OTHER, PHONE, a_cut_call, an_order, claimed, told


async def test_an_order_is_told_of_by_text_and_webhook_however_often_it_is_placed(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu, number=PHONE)
    order = await store.place_order(quote, confirmed_by="keypad", now=NOON)
    await store.place_order(quote, confirmed_by="voice", now=NOON)

    assert sorted(await told(store)) == [("text", "order_placed", ""), ("webhook", "order_placed", "")]
    assert {message.order_id for message in await store.find_outbox()} == {order.id}


async def test_who_withholds_the_number_gets_no_text(store: Store, menu: Menu) -> None:
    await an_order(store, menu, None)
    await a_cut_call(store, menu, None)

    assert await told(store) == [("webhook", "order_placed", "")]


async def test_an_imported_order_is_history(store: Store, menu: Menu) -> None:
    order = await an_order(store, menu)
    await store.purge_outbox(NOON + MINUTE)
    imported = Order(**{**vars(order), "id": "10000000-0000-4000-8000-000000000077", "number": 77})
    await store.import_order(imported)

    assert await told(store) == []


async def test_each_step_of_the_kitchen_is_told_to_programs_and_few_to_callers(store: Store, menu: Menu) -> None:
    order = await an_order(store, menu)
    await store.purge_outbox(NOON + MINUTE)
    for minutes, status in enumerate(("preparing", "ready", "picked_up"), 1):
        await store.change_order_status(order.id, status, who="staff", now=NOON + minutes * MINUTE)  # type: ignore[arg-type]

    assert await told(store) == [
        ("webhook", "order_changed", "preparing"),
        ("webhook", "order_ready", "ready"),
        ("text", "order_ready", "ready"),
        ("webhook", "order_changed", "picked_up"),
    ]


@pytest.mark.parametrize(("who", "texts"), [("staff", 1), ("caller", 0)])
async def test_a_caller_is_not_told_of_what_they_cancelled_themselves(
    store: Store, menu: Menu, who: str, texts: int
) -> None:
    order = await an_order(store, menu)
    await store.change_order_status(order.id, "cancelled", who=who, now=NOON)

    assert (await told(store)).count(("text", "order_changed", "cancelled")) == texts
    assert (await told(store)).count(("webhook", "order_changed", "cancelled")) == 1


async def test_a_message_is_claimed_by_one_sender_only(store: Store, menu: Menu) -> None:
    for number in range(6):
        await an_order(store, menu, f"{PHONE[:-1]}{number}")
    taken = await asyncio.gather(*(claimed(store, most=2) for _ in range(5)))
    ids = [message.id for some in taken for message in some]

    assert len(ids) == 6
    assert len(set(ids)) == 6


async def test_what_a_sender_left_behind_is_taken_again_and_may_have_gone_out(store: Store, menu: Menu) -> None:
    await an_order(store, menu)
    (first,) = await claimed(store)
    during = await claimed(store, now=NOON + 1.5 * MINUTE)
    (again,) = await claimed(store, now=NOON + 2 * MINUTE)
    (third,) = await claimed(store, now=NOON + 3 * MINUTE)

    assert first.unsure_since is None
    assert during == []
    assert again.id == first.id
    assert again.unsure_since == third.unsure_since == NOON + MINUTE
    assert [first.attempts, again.attempts, third.attempts] == [1, 2, 3]


async def test_a_sender_that_comes_back_late_settles_nothing(store: Store, menu: Menu) -> None:
    await an_order(store, menu)
    (late,) = await claimed(store)
    (current,) = await claimed(store, now=NOON + 2 * MINUTE)

    assert not await store.settle_message(late, Settled("failed"))
    assert await store.settle_message(current, Settled("sent", provider_id="SM1"))
    assert not await store.settle_message(current, Settled("failed"))
    assert next(m for m in await store.find_outbox() if m.channel == "text").state == "sent"


async def test_a_message_that_is_put_off_is_due_then(store: Store, menu: Menu) -> None:
    await an_order(store, menu)
    (message,) = await claimed(store)
    put_off = Settled("queued", detail="busy", due_at=NOON + 10 * MINUTE)
    await store.settle_message(message, put_off)

    assert await claimed(store, now=NOON + 9 * MINUTE) == []
    (again,) = await claimed(store, now=NOON + 10 * MINUTE)
    assert again.unsure_since is None
    assert again.detail == "busy"


async def test_an_attempt_without_an_answer_stays_doubtful(store: Store, menu: Menu) -> None:
    await an_order(store, menu)
    (message,) = await claimed(store)
    await store.settle_message(message, Settled("queued", due_at=NOON + 2 * MINUTE, is_unsure=True))
    (again,) = await claimed(store, now=NOON + 2 * MINUTE)
    await store.settle_message(again, Settled("queued", due_at=NOON + 3 * MINUTE))
    (third,) = await claimed(store, now=NOON + 3 * MINUTE)

    assert again.unsure_since == third.unsure_since == NOON + MINUTE


async def test_a_fingerprint_is_kept_for_the_next_sender_and_by_who_has_the_message_only(
    store: Store, menu: Menu
) -> None:
    await an_order(store, menu)
    (first,) = await claimed(store)
    kept = [await store.keep_fingerprint(first, "1:a")]
    (second,) = await claimed(store, now=NOON + 2 * MINUTE)
    kept.append(await store.keep_fingerprint(first, "1:b"))
    kept.append(await store.keep_fingerprint(second, "1:c"))
    (third,) = await claimed(store, now=NOON + 3 * MINUTE)

    assert kept == [True, False, True]
    assert [first.fingerprint, second.fingerprint, third.fingerprint] == ["", "1:a", "1:c"]


async def test_webhooks_of_one_order_come_one_after_another(store: Store, menu: Menu) -> None:
    order, other = await an_order(store, menu), await an_order(store, menu, OTHER)
    await store.change_order_status(order.id, "preparing", who="staff", now=NOON)
    first = await claimed(store, "webhook")
    meanwhile = await claimed(store, "webhook")
    for message in first:
        await store.settle_message(message, Settled("delivered"))
    then = await claimed(store, "webhook")

    assert {(message.kind, message.order_id) for message in first} == {
        ("order_placed", order.id),
        ("order_placed", other.id),
    }
    assert meanwhile == []
    assert [(message.kind, message.order_id) for message in then] == [("order_changed", order.id)]


@pytest.mark.parametrize(
    ("heard", "state"),
    [
        (["sent", "delivered"], "delivered"),
        (["delivered", "sent"], "delivered"),
        (["delivered", "delivered"], "delivered"),
        (["undelivered", "sent", "delivered"], "undelivered"),
        (["sent", "sent"], "sent"),
    ],
)
async def test_a_delivery_that_is_told_in_any_order_never_goes_back(
    store: Store, menu: Menu, heard: list[str], state: str
) -> None:
    await an_order(store, menu)
    (message,) = await claimed(store)
    for one in heard:
        await store.note_delivery(message.id, provider_id="SM1", state=one)  # type: ignore[arg-type]
    settled = await store.settle_message(message, Settled("sent", provider_id="SM1"))

    assert not settled
    assert next(m for m in await store.find_outbox() if m.id == message.id).state == state


async def test_a_delivery_of_another_message_is_not_taken(store: Store, menu: Menu) -> None:
    await an_order(store, menu)
    (message,) = await claimed(store)
    await store.settle_message(message, Settled("sent", provider_id="SM1"))

    assert not await store.note_delivery(message.id, provider_id="SM2", state="undelivered")
    assert not await store.note_delivery("no-such-message", provider_id="SM1", state="delivered")
    assert await store.note_delivery(message.id, provider_id="SM1", state="delivered")


async def test_a_message_is_made_from_the_order_and_the_callers_number(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu, number=PHONE)
    order = await store.place_order(quote, confirmed_by="keypad", now=NOON)
    await store.save_language(quote.call_id, "es")
    (message,) = await claimed(store)
    matter = await store.load_matter(message)

    assert matter.order == order
    assert (matter.phone, matter.language, matter.refusal) == (PHONE, "es", "")
    assert matter.dialled == "+14075550100"
    assert (matter.restaurant_name, matter.timezone) == ("The Grill", "America/New_York")


async def test_what_was_to_be_told_long_ago_is_purged(store: Store, menu: Menu) -> None:
    await an_order(store, menu)
    await an_order(store, menu, OTHER, now=NOON + 10 * MINUTE)
    await store.purge_outbox(NOON + MINUTE)

    assert {message.created_at for message in await store.find_outbox()} == {NOON + 10 * MINUTE}
