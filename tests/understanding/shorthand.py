"""Intents in one line, so that a table of utterances can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.understanding import intents as meant


def written(intents: Sequence[meant.Intent]) -> str:
    return "; ".join(_one(intent) for intent in intents)


def _one(intent: meant.Intent) -> str:
    if isinstance(intent, meant.AddItems):
        return "add " + " + ".join(_item(item) for item in intent.items)
    if isinstance(intent, meant.ChangeItem):
        many = None if intent.quantity is None else f"x{intent.quantity}"
        return _joined(f"change {intent.line + 1}", intent.item_name, many, _options(intent.options or ()), intent.note)
    if isinstance(intent, meant.Choose):
        many = f"x{intent.quantity}" if intent.quantity else None
        return _joined(f"choose {intent.answer}", many, _options(intent.options), intent.note)
    return _question(intent)


def _question(intent: meant.Intent) -> str:
    name = type(intent).__name__.lower()
    values = [value for field in fields(intent) if not isinstance(value := getattr(intent, field.name), bool)]
    return " ".join([name, *(_value(value) for value in values)])


def _value(value: str | int | float | tuple[str, ...] | None) -> str:
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value + 1) if isinstance(value, int) else value or "-"


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _item(item: ItemRequest) -> str:
    options = _options(item.options)
    parts = [f"{item.quantity} {item.item_name}", options, f"({item.note})" if item.note else ""]
    place = f"@ {item.restaurant_name}" if item.restaurant_name else ""
    return " ".join(part for part in (*parts, place) if part)


def _options(options: Sequence[OptionRequest]) -> str:
    said = ", ".join(o.name if o.amount == "regular" else f"{o.amount} {o.name}" for o in options)
    return f"[{said}]" if said else ""
