"""What may stand in the slots covers what the agent really says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.cart import Amount, Half
from phone_agent.ordering.errors import OrderingError
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.said import Said
from phone_agent.ordering.search import find_items, find_restaurants
from phone_agent.ordering.selection import ItemRequest, OptionRequest, line_for
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.slots_of_sentences import SLOTS
from phone_agent.ordering.wording import (
    words_for_added,
    words_for_found,
    words_for_menu,
    words_for_no_restaurant_there,
    words_for_person,
    words_for_restaurants,
)
from phone_agent.ordering.wording_slots import SPOKEN_BY_FIGURES, phrases_by_kind, templates_by_kind
from tests.ordering.food_court import the_food_court

NUMBERS = {"money": r"\$\d+\.\d\d", "count": r"\d+", "several": r"(?!1 )\d+", "order_number": r"\d{3,}"}
HOUSEHOLDS, AREAS, CUISINES = ("Rivera Household",), ("Orlando, FL",), ("cheesecake",)


def expression_of(phrase: str, kinds: dict[str, tuple[str, ...]]) -> str:
    """A phrase as a regular expression over words with no commas."""
    pattern = ""
    for text, kind, many in re.findall(r"([^{]*)(?:\{(\w+)(\+?)\})?", phrase.replace(",", "")):
        pattern += re.escape(text)
        if kind in NUMBERS:
            pattern += NUMBERS[kind]
        elif kind:
            one = "|".join(expression_of(inner, kinds) for inner in kinds[kind])
            pattern += f"(?:{one})(?: (?:{one}))*" if many else f"(?:{one})"
    return pattern


@cache
def expression_for(sentence: Said) -> re.Pattern[str]:
    kinds = phrases_by_kind(the_food_court(), households=HOUSEHOLDS, areas=AREAS, cuisines=CUISINES)
    return re.compile(expression_of(templates_by_kind()[sentence.name], kinds))


def heard_as(words: str, sentence: Said) -> bool:
    return expression_for(sentence).fullmatch(words.replace(",", "")) is not None


def heard_in_turn(words: str, sentences: Sequence[Said]) -> bool:
    """As one of these sentences after the other."""
    ends = [len(words), *(end.start() + 1 for end in re.finditer(r"[.?!] ", words))]
    return any(
        heard_as(words[:end], sentence) and (end == len(words) or heard_in_turn(words[end + 1 :], sentences))
        for end in ends
        for sentence in sentences
    )


def test_every_kind_has_phrases_or_is_a_number(food_court: Menu) -> None:
    kinds = phrases_by_kind(
        food_court, households=HOUSEHOLDS, areas=AREAS, cuisines=CUISINES, own_words=("1 Lake Street",)
    )

    assert set(SLOTS.values()) <= kinds.keys() | SPOKEN_BY_FIGURES


def test_every_kind_that_a_phrase_names_exists(food_court: Menu) -> None:
    kinds = phrases_by_kind(food_court)
    named = {kind for phrases in kinds.values() for phrase in phrases for kind in re.findall(r"\{(\w+)", phrase)}

    assert named <= kinds.keys() | SPOKEN_BY_FIGURES
    assert "household" not in kinds


def test_templates_name_kinds_and_not_slots() -> None:
    assert templates_by_kind()["CART"] == "You have {lines}. That is {money} before tax."


@pytest.mark.parametrize("query", ["cheesecake", "pad thai", "curry"])
def test_found_dishes_can_be_heard(food_court: Menu, query: str) -> None:
    found = find_items(food_court, query)
    sentence = Sentence.FOUND_ONE if len(found) == 1 else Sentence.FOUND

    assert heard_as(words_for_found(query, found, food_court), sentence)


def test_menus_and_restaurants_can_be_heard(food_court: Menu) -> None:
    one = words_for_restaurants("thai", find_restaurants(food_court, "thai"), food_court)

    assert heard_as(one, Sentence.RESTAURANTS_FOUND_ONE)
    assert heard_as(words_for_menu(None, food_court.restaurants), Sentence.RESTAURANTS_MANY)
    assert heard_as(words_for_menu(None, food_court.restaurants[:3]), Sentence.RESTAURANTS_ALL)
    assert heard_as(words_for_menu(food_court.restaurants[0], food_court.restaurants), Sentence.MENU_SECTIONS)
    assert heard_as(words_for_person(food_court.restaurants[0]), Sentence.PERSON_NUMBER)
    assert heard_as(words_for_no_restaurant_there(food_court), Sentence.RESTAURANTS_NOT_THERE)


OPTIONS = st.lists(
    st.tuples(
        st.integers(0, 99),
        st.sampled_from(["no", "light", "regular", "extra", "double"]),
        st.sampled_from([None, None, 0, 2, 3]),
        st.sampled_from([None, None, "left", "right"]),
    ),
    max_size=4,
)


@pytest.mark.hearing
@given(place=st.integers(0, 99), other=st.integers(0, 9), quantity=st.integers(1, 20), picked=OPTIONS)
def test_any_line_that_can_be_added_can_be_heard(
    place: int, other: int, quantity: int, picked: list[tuple[int, Amount, int | None, Half | None]]
) -> None:
    food_court = the_food_court()
    items = [item for item in food_court.items if item.option_groups]
    item = items[place % len(items)]
    halves = [half.name for half in items if half.half_price and item.half_price]
    labels = [modifier.label for group in item.option_groups for modifier in group.modifiers]
    options = tuple(OptionRequest(labels[n % len(labels)], amount, count, half) for n, amount, count, half in picked)
    request = ItemRequest(item.name, quantity, options, other_half=halves[other] if other < len(halves) else "")
    try:
        line = line_for(request, food_court, line_id="1")
    except OrderingError:
        return

    assert heard_as(words_for_added([line]), Sentence.ADDED)


@pytest.mark.hearing
def test_halves_and_pieces_can_be_heard(food_court: Menu) -> None:
    options = (OptionRequest("large"), OptionRequest("olives", half="left"), OptionRequest("bacon", half="right"))
    pizza = line_for(ItemRequest("margherita", 1, options, other_half="pepperoni"), food_court, line_id="1")
    shots = OptionRequest("espresso shots", "extra", 2)
    coffee = line_for(ItemRequest("iced coffee", 2, (shots,)), food_court, line_id="2")
    words = words_for_added([pizza, coffee])

    assert words == (
        "Added 1 large Pizza, half Margherita with olives, half Pepperoni with bacon "
        "and 2 Iced Coffees with 2 extra espresso shots. Anything else?"
    )
    assert heard_as(words, Sentence.ADDED)
