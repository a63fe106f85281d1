"""The lines of a cart as a caller counts them: the second one is changed, or taken out."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.call import Call
from phone_agent.masking import line_like
from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.cart_changes import sold_out_lines
from phone_agent.ordering.selection import OptionRequest, changed_line


async def change_item(
    call: Call,
    number: int,
    *,
    item_name: str | None = None,
    quantity: int | None = None,
    options: Sequence[OptionRequest] | None = None,
    note: str | None = None,
) -> LineItem:
    """Gives the line back as it is now, or as it was if removed."""
    line = call.cart.numbered(number)
    if quantity == 0:
        return await remove_item(call, number)
    changed = changed_line(line, call.menu, quantity=quantity, options=options, note=note, item=item_name, at=call.now)
    await call.change(line.id, changed)
    return line_like(call.cart, changed)


async def remove_item(call: Call, number: int) -> LineItem:
    line = call.cart.numbered(number)
    await call.remove(line.id)
    return line


async def leave_out_sold_out(call: Call) -> Sequence[LineItem]:
    """Gives what was taken out of the cart."""
    gone = sold_out_lines(call.cart)
    if gone:
        await call.remove(*(line.id for line in gone))
    return gone
