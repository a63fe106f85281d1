"""The tool calls that fill and change the cart; what may be null is left out where nothing was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.understanding.intents import ChangeItem
from phone_agent.voice.offline.model_steps import ToolUse


def added(requests: Sequence[ItemRequest], restaurant_name: str) -> ToolUse:
    items = [_item(request) for request in requests]
    return ToolUse.of("quick_add_to_cart", items=items, restaurant_name=restaurant_name)


def changed(intent: ChangeItem) -> ToolUse:
    return ToolUse.of(
        "change_cart_item",
        line=intent.line + 1,
        item_name=intent.item_name,
        quantity=intent.quantity,
        options=None if intent.options is None else [_option(option) for option in intent.options],
        note=intent.note,
        other_half=intent.other_half,
    )


def _item(request: ItemRequest) -> dict[str, Any]:
    options = [_option(option) for option in request.options]
    item = {
        "item_name": request.item_name, "quantity": request.quantity, "options": options, "note": request.note,
    }  # fmt: skip
    return item | ({"other_half": request.other_half} if request.other_half else {})


def _option(option: OptionRequest) -> dict[str, Any]:
    """ "No shots" and "zero shots" are one."""
    amount = "no" if option.count == 0 else option.amount
    counted = {"count": option.count} if option.count else {}
    return {"name": option.name, "amount": amount} | counted | ({"half": option.half} if option.half else {})
