"""The short sentences for who has a screen: what it shows is not read out."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.language import called
from phone_agent.ordering.lists import both
from phone_agent.ordering.menu import MenuItem, Restaurant, Section
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.sentences_screen import ScreenSentence

HALF_A_CODE = 4
NAMED = 2


def words_for_code(code: str) -> str:
    """Digit by digit, in halves: "4 8 2 9, 1 3 5 7"."""
    halves = (code[:HALF_A_CODE], code[HALF_A_CODE:])
    return ", ".join(" ".join(half) for half in halves if half)


def words_for_shown_dishes(items: Sequence[MenuItem]) -> str:
    names = both([called(item.name) for item in items[:NAMED]])
    return ScreenSentence.FOUND_ON_SCREEN.words(count=str(len(items)), dish_names=names)


def words_for_shown_menu(restaurant: Restaurant, sections: Sequence[Section]) -> str:
    if len(sections) == 1:
        return ScreenSentence.SECTION_ON_SCREEN.words(section=sections[0].title)
    return ScreenSentence.MENU_ON_SCREEN.words(restaurant=restaurant.name)


def words_for_shown_cart(cart: Cart) -> str:
    return ScreenSentence.CART_ON_SCREEN.words(subtotal=format_usd(cart.subtotal_cents))
