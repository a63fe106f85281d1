"""Who wants no texts gets none, whatever else is known of them."""

from __future__ import annotations

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.store.outbox import Refusal
from phone_agent.store.protocol import Store
from tests.builders import NOON
from tests.store.telling import OTHER, PHONE, a_cut_call, an_order, claimed


async def test_a_stop_outweighs_what_carriers_say_and_only_start_ends_it(store: Store, menu: Menu) -> None:
    await an_order(store, menu)
    (message,) = await claimed(store)
    refusals = []
    for change in (
        store.refuse_texts(OTHER, "stopped", now=NOON),
        store.refuse_texts(PHONE, "unreachable", now=NOON),
        store.refuse_texts(PHONE, "stopped", now=NOON),
        store.refuse_texts(PHONE, "stopped", now=NOON),
        store.refuse_texts(PHONE, "unreachable", now=NOON),
        store.allow_texts(PHONE, "stopped"),
        store.allow_texts(PHONE, "unreachable"),
    ):
        await change
        refusals.append((await store.load_matter(message)).refusal)

    assert refusals == ["", "unreachable", "stopped", "stopped", "stopped", "unreachable", ""]


async def test_only_a_stop_is_kept_of_who_has_never_called(store: Store, menu: Menu) -> None:
    await store.refuse_texts(PHONE, "stopped", now=NOON)
    await store.refuse_texts(OTHER, "unreachable", now=NOON)
    await an_order(store, menu)
    await an_order(store, menu, OTHER)

    assert [(await store.load_matter(message)).refusal for message in await claimed(store)] == ["stopped", ""]


@pytest.mark.parametrize(("reason", "left"), [("stopped", "stopped"), ("unreachable", "")])
async def test_who_is_forgotten_leaves_nothing_to_be_told_and_nothing_but_a_stop(
    store: Store, menu: Menu, reason: Refusal, left: str
) -> None:
    order = await an_order(store, menu)
    await a_cut_call(store, menu)
    kept = await an_order(store, menu, OTHER)
    await store.refuse_texts(PHONE, reason, now=NOON)
    await store.forget(PHONE, now=NOON)
    await store.change_order_status(order.id, "preparing", who="staff", now=NOON)
    await store.change_order_status(order.id, "ready", who="staff", now=NOON)
    texts = [message for message in await store.find_outbox() if message.channel == "text"]
    await an_order(store, menu)
    (again,) = [message for message in await claimed(store) if message.order_id != kept.id]

    assert [message.order_id for message in texts] == [kept.id]
    assert (await store.load_matter(again)).refusal == left
