"""Where a call stands when a sentence of the tables is said."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from phone_agent.ordering.cart import ChosenModifier, LineItem
from phone_agent.ordering.menu import MenuItem
from phone_agent.ordering.selection import ItemRequest, OpenQuestion
from phone_agent.understanding.context import Context
from tests.ordering.food_court import the_food_court

ASKED = ("street", "zip_code", "time", "tip", "coupon", "allergy")
"""What the agent has just asked for beside dishes."""


def dish(name: str) -> MenuItem:
    return next(item for item in the_food_court().items if item.name == name)


@cache
def situation(name: str) -> Context:
    """empty, cart (a Caesar Salad, then a large Margherita Pizza), shown, one, quote, which, spice, ASKED."""
    empty = Context(the_food_court())
    if name in ASKED:
        return replace(situation("cart"), asked=name)
    large = next(m for g in dish("Margherita Pizza").option_groups for m in g.modifiers if m.label == "large")
    size = next(g for g in dish("Margherita Pizza").option_groups if large in g.modifiers)
    pizza = LineItem("line-2", dish("Margherita Pizza"), 1, (ChosenModifier(size.id, large),))
    lines = (LineItem("line-1", dish("Caesar Salad")), pizza)
    cakes = tuple(dish(f"{kind} Cheesecake") for kind in ("Strawberry", "Vanilla", "Chocolate"))
    which = OpenQuestion("Which one?", ItemRequest("cheesecake"), tuple(cake.name for cake in cakes))
    spice = dish("Pad Thai").option_groups[0]
    labels = tuple(modifier.label for modifier in spice.modifiers)
    return {
        "empty": empty,
        "cart": replace(empty, lines=lines, last_line_id="line-2"),
        "shown": replace(empty, shown=cakes),
        "one": replace(empty, shown=cakes[:1]),
        "quote": replace(empty, lines=lines, last_line_id="line-2", quote_is_open=True),
        "which": replace(empty, open_question=which),
        "spice": replace(empty, open_question=OpenQuestion("How hot?", ItemRequest("Pad Thai"), labels, spice.id)),
    }[name]
