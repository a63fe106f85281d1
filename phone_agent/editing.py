"""The lines of a cart as a caller counts them: the second one is changed, or taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from phone_agent.call import Call
from phone_agent.masking import line_like
from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.errors import OptionMissing
from phone_agent.ordering.selection import ItemRequest, OpenQuestion, OptionRequest, changed_line
from phone_agent.ordering.taking import labels_of, start_over


async def change_item(
    call: Call,
    number: int,
    *,
    item_name: str | None = None,
    quantity: int | None = None,
    options: Sequence[OptionRequest] | None = None,
    note: str | None = None,
    other_half: str | None = None,
) -> LineItem:
    """Gives the line back as it is now, or as it was if removed."""
    line = call.cart.numbered(number)
    if quantity == 0:
        return await remove_item(call, number)
    wanted = ItemRequest(
        item_name or line.item.name, line.quantity if quantity is None else quantity, tuple(options or ()),
        note or "", other_half=other_half or "",
    )  # fmt: skip
    try:
        changed = changed_line(
            line, call.menu, quantity=quantity, options=options, note=note, item=item_name, other_half=other_half,
            at=call.now,
        )  # fmt: skip
    except OptionMissing as error:
        labels = labels_of(error, call.menu)
        call.open_questions = (OpenQuestion(str(error), wanted, labels, error.group_id, line.id),)
        raise
    if changed.item.restaurant_id != line.item.restaurant_id:
        place = call.menu.restaurant_of(changed.item).name
        call.elsewhere = (replace(wanted, item_name=changed.item.name, restaurant_name=place),)
        raise start_over([changed.item], call.menu, call.menu.restaurant_of(line.item))
    await call.change(line.id, changed)
    return line_like(call.cart, changed)


async def remove_item(call: Call, number: int) -> LineItem:
    line = call.cart.numbered(number)
    await call.remove(line.id)
    return line
