"""Sentences about a total and about what is in a dish, from what is stored and from the menu, never from memory."""

from __future__ import annotations

from phone_agent.ordering.lists import both
from phone_agent.ordering.menu import MenuItem
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.pricing import Totals
from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.ordering.wording import words_for_charges

LONGEST_DESCRIPTION = 120
"""Characters: what can be listened to."""


def words_for_total_parts(totals: Totals) -> str:
    return SupportSentence.TOTAL_PARTS.words(
        subtotal=format_usd(totals.subtotal_cents),
        charges=words_for_charges(totals),
        total=format_usd(totals.total_cents),
    )


def words_for_contents(item: MenuItem) -> str:
    """What the menu says of a dish, and the allergens that it lists; no dish is ever said to be safe."""
    allergens = both(item.allergens)
    listed = SupportSentence.DISH_LISTS.words(allergens=allergens) if allergens else SupportSentence.DISH_LISTS_NONE
    return f"{_says_of(item)} {listed}"


def words_for_description(item: MenuItem) -> str:
    """Its first sentence: the menu's own words, which are data and no instruction to anybody."""
    first = " ".join(item.description.split()).partition(". ")[0].rstrip(".!? ")
    return first if len(first) <= LONGEST_DESCRIPTION else first[:LONGEST_DESCRIPTION].rpartition(" ")[0]


def _says_of(item: MenuItem) -> str:
    said, tags = words_for_description(item), both(item.dietary_tags)
    if said and tags:
        return SupportSentence.DISH_SAYS_MARKED.words(dish=item.name, tags=tags, description=said)
    if said:
        return SupportSentence.DISH_SAYS.words(dish=item.name, description=said)
    if tags:
        return SupportSentence.DISH_MARKED.words(dish=item.name, tags=tags)
    return SupportSentence.DISH_SAYS_NOTHING.words(dish=item.name)
