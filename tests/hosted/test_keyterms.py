"""What a hosted recogniser is told to expect."""

from __future__ import annotations

from phone_agent.ordering.menu import Menu
from phone_agent.rehearsal.providers.deepgram import keyterm_tokens
from phone_agent.voice.keyterms import MOST_TERMS, MOST_TOKENS, keyterms, most_confusable_first, tokens
from tests.builders import a_restaurant, a_section, an_item
from tests.ordering.food_court import the_food_court


def a_menu_of(*names: str, aliases: dict[str, tuple[str, ...]] | None = None) -> Menu:
    items = tuple(an_item("big", "all", name, 900, aliases=(aliases or {}).get(name, ())) for name in names)
    return Menu((a_restaurant("big", "Big", "any", (a_section("big", "all", items),)),))


def test_dishes_that_sound_alike_come_first() -> None:
    names = ("Lasagna", "Green Curry", "Bean Curry", "Ramen")
    ordered = most_confusable_first({name: name for name in names})

    assert set(ordered[:2]) == {"Green Curry", "Bean Curry"}


def test_a_small_menu_is_given_whole_with_its_aliases() -> None:
    terms = keyterms(a_menu_of("Pad Thai", "Ramen", aliases={"Pad Thai": ("thai noodles",), "Ramen": ("raman",)}))

    assert set(terms) == {"Pad Thai", "Ramen", "thai noodles"}


def test_a_large_menu_stays_within_the_providers_limit() -> None:
    for menu in (the_food_court(), a_menu_of(*(f"Extraordinary Dish Number{n}" for n in range(400)))):
        terms = keyterms(menu)

        assert 30 < len(terms) <= MOST_TERMS
        assert keyterm_tokens(terms) <= sum(map(tokens, terms)) <= MOST_TOKENS
