"""What a card holds of a menu that is long, or has images."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phone_agent.call import Call
from phone_agent.cards.of_menu import MOST_BYTES, cards_of
from phone_agent.cards.of_order import cart_card
from phone_agent.cards.schema import MenuCard
from phone_agent.order_pad.browsing import Found
from phone_agent.ordering.cart import MOST_PER_ORDER, Cart
from phone_agent.ordering.menu import Menu
from tests.builders import NOON, a_line


async def test_a_long_menu_comes_in_parts_that_each_go_into_one_message(call: Call) -> None:
    place = call.menu.restaurants[0]
    section = place.sections[0]
    items = tuple(replace(section.items[0], id=f"{n}", name=f"Dish {n}") for n in range(300))
    long = replace(section, items=items)
    menu = Menu((replace(place, sections=(long,)),))
    parts = list(cards_of(Found(menu_of=menu.restaurants[0], sections=(long,)), menu, NOON))

    shown = [d.name for part in parts if isinstance(part, MenuCard) for s in part.sections for d in s.dishes]
    assert len(parts) > 1
    assert shown == [item.name for item in items]
    assert all(len(part.model_dump_json().encode()) < 15_000 for part in parts)
    assert max(len(part.model_dump_json().encode()) for part in parts) > MOST_BYTES / 2


async def test_an_order_of_fifty_lines_with_long_names_goes_into_one_message(call: Call) -> None:
    item = replace(call.menu.items[0], name="Pizza " * 20)
    cart = Cart("cart")
    for n in range(MOST_PER_ORDER):
        cart = cart.add(a_line(item, note=f"for seat {n}, and well done please"))
    card = cart_card(cart, "Harbor House")

    assert len(card.lines) == MOST_PER_ORDER
    assert len(card.model_dump_json().encode()) < 15_000


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("https://x.example/a.jpg", "https://x.example/a.jpg"), ("javascript:alert(1)", None), ("", None)],
)
async def test_only_a_secure_address_of_an_image_is_shown(call: Call, stored: str, shown: str | None) -> None:
    place = replace(call.menu.restaurants[0], image=stored)
    card = next(iter(cards_of(Found(places=(place,)), call.menu, NOON)))

    assert card.model_dump()["restaurants"][0]["image"] == shown
