"""A dish sells out or changes its price while somebody orders it: it is named, and there is a way on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from phone_agent.call import Call
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Order
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from tests.agents.callers import NEW, names_in, talking
from tests.builders import item_named, with_item

SALMON_GONE = "Grilled Salmon is sold out now; I do have "


@pytest.fixture
async def talk(store: Store) -> AsyncIterator[TextCall]:
    async with talking(store, NEW) as text_call:
        yield text_call


async def sell_out(call: Call, name: str) -> None:
    await call.store.sell_out(item_named(call.menu, name).id, None)


async def reprice(call: Call, name: str, price_cents: int) -> None:
    menu = await call.store.load_menu()
    await call.store.save_menu(with_item(menu, replace(item_named(menu, name), price_cents=price_cents)))


async def placed(store: Store) -> list[Order]:
    return list(await store.find_orders(caller_number=NEW))


async def test_a_dish_that_sold_out_is_named_and_left_out_after_a_yes(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad and two grilled salmon")
    await sell_out(talk.call, "Grilled Salmon")
    asked = [await talk.say("check out") for _ in range(2)]
    read_back = await talk.say("yes")
    await talk.press("1")

    assert all(said.startswith(SALMON_GONE) and said.endswith("Shall I leave it out?") for said in asked)
    assert read_back.startswith("You have 1 Caesar Salad from Harbor House.")
    (order,) = await placed(store)
    assert [line.name for line in order.lines] == ["Caesar Salad"]


async def test_after_a_no_another_dish_can_be_taken_and_the_offer_comes_again(talk: TextCall) -> None:
    await talk.say("two grilled salmon")
    await sell_out(talk.call, "Grilled Salmon")
    await talk.say("check out")
    refused = await talk.say("no")
    await talk.say("a caesar salad")
    again = await talk.say("check out")
    read_back = await talk.say("yes")

    assert refused == "Okay, but like this it can't be ordered. What would you like instead?"
    assert again.startswith(SALMON_GONE)
    assert read_back.startswith("You have 1 Caesar Salad from")


async def test_the_only_dish_sold_out_leaves_an_empty_cart(talk: TextCall) -> None:
    await talk.say("two grilled salmon")
    await sell_out(talk.call, "Grilled Salmon")
    await talk.say("check out")

    assert await talk.say("yes") == "Removed Grilled Salmon. Your cart is empty now."


@pytest.mark.parametrize("words", ["take it out", "remove the grilled salmon"])
async def test_what_sold_out_can_also_be_removed_in_other_words(talk: TextCall, words: str) -> None:
    await talk.say("two grilled salmon and a caesar salad")
    await sell_out(talk.call, "Grilled Salmon")
    await talk.say("check out")
    await talk.say(words)

    assert names_in(talk.call) == ["Caesar Salad"]


async def test_a_dish_that_sells_out_after_the_read_back_is_named(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad and two grilled salmon")
    await talk.say("check out")
    await sell_out(talk.call, "Grilled Salmon")
    said = await talk.press("1")
    read_back = await talk.say("yes")

    assert said.startswith(SALMON_GONE)
    assert "salmon" not in read_back.casefold()
    assert not await placed(store)


async def test_several_dishes_that_sold_out_are_named_together(talk: TextCall) -> None:
    await talk.say("a caesar salad and two grilled salmon")
    await sell_out(talk.call, "Grilled Salmon")
    await sell_out(talk.call, "Caesar Salad")

    said = await talk.say("check out")

    assert said == "Caesar Salad and Grilled Salmon are sold out now. Shall I leave them out?"


async def test_a_new_price_is_said_before_the_order_is_read_back(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad")
    await reprice(talk.call, "Caesar Salad", 1399)
    said = await talk.say("check out")
    await talk.press("1")

    assert said.startswith("The Caesar Salad is $13.99 now. You have 1 Caesar Salad from Harbor House.")
    assert [order.totals.subtotal_cents for order in await placed(store)] == [1399]


async def test_a_price_that_changes_after_the_read_back_is_named(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad")
    await talk.say("check out")
    await reprice(talk.call, "Caesar Salad", 1399)
    said = await talk.press("1")
    again = await talk.say("check out")

    assert said == "The Caesar Salad is $13.99 now. Say check out to hear your order again."
    assert again.startswith("You have 1 Caesar Salad")
    assert not await placed(store)


async def test_a_price_that_changed_before_another_edit_is_said_with_the_read_back(talk: TextCall) -> None:
    await talk.say("a caesar salad")
    await reprice(talk.call, "Caesar Salad", 1399)
    await talk.say("a grilled salmon")

    assert (await talk.say("check out")).startswith("The Caesar Salad is $13.99 now. You have 1 Caesar Salad and ")


async def test_a_dish_that_sold_out_meanwhile_is_not_put_in(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad")
    await sell_out(talk.call, "Grilled Salmon")
    refused = await talk.say("two grilled salmon")
    again = await talk.say("two grilled salmon")

    assert refused.startswith("Grilled Salmon is sold out today. I do have ")
    assert again == refused
    assert names_in(talk.call) == ["Caesar Salad"]
    assert await store.find_cart(talk.call.record.id) == talk.call.cart


async def test_beside_a_dish_that_sold_out_meanwhile_the_others_are_put_in(talk: TextCall) -> None:
    await sell_out(talk.call, "Grilled Salmon")
    said = await talk.say("a caesar salad and a grilled salmon")

    assert said.startswith("Added 1 Caesar Salad. Grilled Salmon is sold out today.")
    assert names_in(talk.call) == ["Caesar Salad"]


async def test_more_of_a_dish_that_sold_out_meanwhile_is_not_put_in(talk: TextCall) -> None:
    await talk.say("a grilled salmon")
    await sell_out(talk.call, "Grilled Salmon")
    refused = await talk.say("another grilled salmon")

    assert refused.startswith("Grilled Salmon is sold out today. I do have ")
    assert [line.quantity for line in talk.call.cart.lines] == [1]


async def test_a_cart_changed_by_another_channel_is_said_as_it_is(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad")
    stored = await store.find_cart(talk.call.record.id)
    assert stored is not None
    salad = stored.lines[0]
    await store.save_cart(stored.change(salad.id, replace(salad, quantity=3)), call_id=talk.call.record.id)

    said = await talk.say("check out")

    assert said.startswith("Your order was just changed in another way: you have 3 Caesar Salads now.")
    assert (await talk.say("check out")).startswith("You have 3 Caesar Salads from")


async def test_by_keypad_what_sold_out_is_taken_out_and_named(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad and two grilled salmon")
    await talk.press("9")
    await sell_out(talk.call, "Grilled Salmon")
    said = await keyed(talk, "#")
    read_back = await keyed(talk, "#")
    await keyed(talk, "1")

    assert said.startswith("I took out what is sold out now: Grilled Salmon. Press pound to hear your order again.")
    assert read_back.startswith("You have 1 Caesar Salad from")
    assert len(await placed(store)) == 1


async def test_by_keypad_what_sells_out_after_the_read_back_is_taken_out_too(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad and two grilled salmon")
    await talk.press("9")
    await keyed(talk, "#")
    await sell_out(talk.call, "Grilled Salmon")
    said = await keyed(talk, "1")
    await keyed(talk, "#")
    await keyed(talk, "1")

    assert said == "I took out what is sold out now: Grilled Salmon. Press pound to hear your order again."
    assert [line.name for order in await placed(store) for line in order.lines] == ["Caesar Salad"]


async def change_the_house(call: Call, **terms: Any) -> None:  # noqa: ANN401 - of any field
    menu = await call.store.load_menu()
    places = [replace(place, **terms) if place.name == "Harbor House" else place for place in menu.restaurants]
    await call.store.save_menu(Menu(tuple(places)))


async def test_another_tax_is_read_back_and_paid(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad")
    await change_the_house(talk.call, tax_rate_basis_points=1000)
    read_back = await talk.say("check out")
    await change_the_house(talk.call, tax_rate_basis_points=2000)
    outdated = await talk.press("1")
    await talk.say("check out")
    await keyed(talk, "1")

    assert "With $0.90 tax" in read_back
    assert outdated.startswith("Something you chose has just changed")
    assert [order.totals.tax_cents for order in await placed(store)] == [180]


async def test_a_restaurant_that_left_in_mid_call_takes_no_order(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad")
    await change_the_house(talk.call, is_active=False)
    said = await talk.say("check out")

    assert said == "Harbor House takes no orders at the moment. What else would you like?"
    assert not await placed(store)


async def keyed(talk: TextCall, key: str) -> str:
    talk.pause()
    return await talk.press(key)


async def test_the_offer_to_leave_a_dish_out_outlives_noise(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad and two grilled salmon")
    await sell_out(talk.call, "Grilled Salmon")
    asked = await talk.say("check out")
    after_noise = await talk.say("blub blub")
    read_back = await talk.say("yes")

    assert asked in after_noise
    assert read_back.startswith("You have 1 Caesar Salad from Harbor House.")
