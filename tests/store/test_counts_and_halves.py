"""Counts of extras and halves of a pizza, from the sentence to the order, in every store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from phone_agent.agents.order import OrderAgent
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import OrderLine
from phone_agent.ordering.wording_lines import words_for_line
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.store.records import Profile
from phone_agent.voice.offline.pipeline import in_writing
from tests.builders import an_id
from tests.ordering.menus import the_corner
from tests.store.test_menu_marks import EVENING

AVERAGE = the_corner(garden={"half_price": "average"}, farmer={"half_price": "average"})


NUMBER = "+14075550183"


@asynccontextmanager
async def talking(store: Store, menu: Menu, number: str | None = None) -> AsyncIterator[TextCall]:
    await store.save_menu(menu)
    profile = await store.find_profile(number) if number else None
    call = await open_call(
        Arrival(room="test", channel="phone", caller_number=number), profile, store, await store.load_menu(),
        clock=lambda: EVENING,
    )  # fmt: skip
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as talk:
        yield talk


async def ordered(store: Store, menu: Menu, *said: str) -> list[OrderLine]:
    """The lines of the order that these sentences make."""
    async with talking(store, menu) as talk:
        for words in (*said, "check out"):
            await talk.say(words)
        await talk.press("1")
    (order,) = await store.find_orders(limit=5)
    return list(order.lines)


@pytest.mark.parametrize(
    ("said", "options", "cents"),
    [
        (["a coffee with three shots"], ["3 shots"], 300 + 285),
        (["a coffee with two extra shots"], ["2 shots"], 300 + 190),
        (["i'd like a coffee with two espresso shots please"], ["2 shots"], 300 + 190),
        (["a coffee", "add three shots to the coffee"], ["3 shots"], 300 + 285),
        (["a coffee", "make it two extra shots"], ["2 extra shots"], 300 + 190),
        (["a coffee with two shots", "one more shot"], ["3 shots"], 300 + 285),
        (["a coffee with three shots", "take off one shot"], ["2 shots"], 300 + 190),
        (["two coffees, one with two shots", "remove the first one"], ["2 shots"], 300 + 190),
    ],
)
async def test_extras_are_ordered_as_often_as_they_are_said(
    empty: Store, said: list[str], options: list[str], cents: int
) -> None:
    (coffee,) = await ordered(empty, the_corner(), *said)

    assert [option.label for option in coffee.options] == options
    assert coffee.total_cents == cents


@pytest.mark.parametrize(
    ("menu", "said", "cents"),
    [
        (the_corner(), ["half garden pizza half farmer pizza large"], 1750),
        (AVERAGE, ["half garden pizza half farmer pizza large"], 1625),
        (the_corner(), ["a large pizza half garden half farmer"], 1750),
        (the_corner(), ["half garden pizza and half farmer pizza", "large"], 1750),
        (AVERAGE, ["a small pizza half farmer and half garden"], 1225),
        (AVERAGE, ["a large garden pizza", "make it half garden half farmer"], 1625),
        (the_corner(), ["a large garden pizza", "make it half farmer"], 1750),
    ],
)
async def test_two_dishes_in_halves_are_one_dish_at_the_price_of_their_rule(
    empty: Store, menu: Menu, said: list[str], cents: int
) -> None:
    (pizza,) = await ordered(empty, menu, *said)

    assert (pizza.quantity, pizza.total_cents) == (1, cents)
    assert {"Garden", "Farmer"} <= set(pizza.name.replace(",", "").split())


@pytest.mark.parametrize(
    "said",
    [
        ["a large garden pizza with olives on the left half and bacon on the right half"],
        ["a large garden pizza half olives half bacon"],
        ["a large garden pizza", "put olives on one half and bacon on the other half"],
    ],
)
async def test_options_on_a_half_cost_half(empty: Store, said: list[str]) -> None:
    (pizza,) = await ordered(empty, the_corner(), *said)

    assert pizza.total_cents == 1500 + 88 + 75


async def test_a_pizza_in_halves_is_ordered_again_in_the_next_call(empty: Store) -> None:
    await empty.save_profile(Profile(an_id("maria"), household_name="Maria Lopez", phone=NUMBER))
    async with talking(empty, AVERAGE, NUMBER) as first:
        await first.say("a large pizza half garden half farmer with olives")
        await first.say("check out")
        await first.press("1")
    async with talking(empty, AVERAGE, NUMBER) as second:
        await second.say("same as last time")
        read_back = await second.say("check out")
        await second.press("1")
    again, before = (order.lines for order in await empty.find_orders(limit=2))

    assert "large Pizza, half Garden, half Farmer" in read_back
    assert again == before


async def test_the_kitchen_reads_which_of_two_halves_an_option_is_for(empty: Store) -> None:
    (pizza,) = await ordered(
        empty, the_corner(), "a large half garden half farmer pizza with olives on the garden half"
    )

    assert [option.label for option in pizza.options] == ["large", "olives on the Garden half"]
    assert words_for_line(pizza) == "1 large Pizza, half Garden with olives, half Farmer"
