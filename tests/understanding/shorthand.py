"""Intents in one line, so that a table of utterances can be read."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.understanding import intents as meant


def written(intents: Sequence[meant.Intent]) -> str:
    return "; ".join(_one(intent) for intent in intents)


def _one(intent: meant.Intent) -> str:
    match intent:
        case meant.AddItems(items):
            return "add " + " + ".join(_item(item) for item in items)
        case meant.ChangeItem(line, name, quantity, options, note):
            parts = [name, None if quantity is None else f"x{quantity}", _options(options or ()), note and f"({note})"]
            return " ".join([f"change {line + 1}", *(part for part in parts if part)])
        case meant.RemoveItem(line):
            return f"remove {line + 1}"
        case meant.Choose(answer, quantity, options, note):
            parts = [f"x{quantity}" if quantity else "", _options(options), f"({note})" if note else ""]
            return " ".join(["choose", answer, *(part for part in parts if part)])
        case meant.ShowMenu(restaurant, section):
            return f"menu {restaurant or '-'}/{section or '-'}"
        case meant.AskDiet(tag, dish):
            return f"diet {tag} {dish or '-'}"
        case meant.WhichOne(candidates):
            return "which " + "|".join(candidates)
        case meant.FindFood(words):
            return f"find {words}"
        case meant.FindRestaurants(words):
            return f"restaurants {words or '-'}"
        case meant.AskPrice(words):
            return f"price {words}"
        case meant.NotInOrder(words):
            return f"absent {words}"
    return type(intent).__name__.lower()


def _item(item: ItemRequest) -> str:
    options = _options(item.options)
    parts = [f"{item.quantity} {item.item_name}", options, item.note and f"({item.note})"]
    place = f"@ {item.restaurant_name}" if item.restaurant_name else ""
    return " ".join(part for part in (*parts, place) if part)


def _options(options: Sequence[OptionRequest]) -> str:
    said = ", ".join(o.name if o.amount == "regular" else f"{o.amount} {o.name}" for o in options)
    return f"[{said}]" if said else ""
