"""Tools that fill and change the cart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from livekit.agents import ToolError, function_tool
from livekit.agents.llm import Tool
from pydantic import BaseModel, Field, create_model

from phone_agent.call import Call
from phone_agent.counter.editing import change_item, remove_item, telling_allergies, warnings_about, with_warnings
from phone_agent.order_pad.taken import Taken
from phone_agent.ordering.cart import MOST_PER_LINE, Amount, Half
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.readiness import words_if_closed
from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.wording import words_for_added, words_for_cart, words_for_changed, words_for_removed
from phone_agent.ordering.wording_screen import words_for_shown_cart
from phone_agent.tools.schema import is_closed_set, one_of
from phone_agent.tools.spoken import Context, spoken


class Option(BaseModel):
    name: str = Field(description="the choice, as the menu names it")
    amount: Amount = Field(description='"regular" unless the caller said otherwise')
    count: int | None = Field(None, description="how many pieces: 2 of two shots; null: not said", ge=1, le=20)
    half: Half | None = Field(None, description="the half of a pizza that it is for; null: all of the dish")

    def request(self) -> OptionRequest:
        return OptionRequest(self.name, self.amount, self.count, self.half)


class Item(BaseModel):
    item_name: str = Field(description="the dish, as the menu or find_food_item names it")
    quantity: int = Field(description="how many", ge=1, le=20)
    options: list[Option] = Field(description="what was chosen, changed or left out; empty for none")
    note: str = Field(description="a wish for the kitchen that is no option; empty for none")
    other_half: str | None = Field(None, description="the dish of the right half, of two in one; null: one dish")

    def request(self, restaurant_name: str) -> ItemRequest:
        options = tuple(option.request() for option in self.options)
        other = self.other_half or ""
        return ItemRequest(self.item_name, self.quantity, options, self.note, restaurant_name, other)


def quick_add_to_cart_for(menu: Menu) -> Tool:
    """The tool with the menu's dish names in its schema, so that the model cannot invent one."""
    names = sorted({item.name for item in menu.items})
    halved = sorted({item.name for item in menu.items if item.half_price})
    item_type = _item_named_one_of(names, halved) if is_closed_set(names) else Item

    @spoken
    async def quick_add_to_cart(context: Context, items: list[Item], restaurant_name: str) -> str:
        """Put dishes into the order: all dishes of a sentence in one call.

        Args:
            items: the dishes
            restaurant_name: where from, if the caller said; else empty
        """
        call = context.userdata
        is_first = call.cart.is_empty
        async with telling_allergies(call, [item.note for item in items]):
            taken = await call.take([item.request(restaurant_name) for item in items])
        closed = words_if_closed_for(call) if is_first and taken.lines else None
        return words_for_taken(taken, closed, warnings_about(call, taken.lines))

    quick_add_to_cart.__annotations__ = {**quick_add_to_cart.__annotations__, "items": list[item_type]}  # type: ignore[valid-type]
    return function_tool(quick_add_to_cart)


def words_if_closed_for(call: Call) -> str | None:
    """Said once, at the first dish, unless the order is for later already."""
    is_for_later = call.wishes.fulfilment.requested_at is not None
    return None if call.restaurant is None or is_for_later else words_if_closed(call.restaurant, call.now)


def words_for_taken(taken: Taken, closed: str | None = None, warnings: Sequence[str] = ()) -> str:
    """What the caller should not eat, what was put in, that the kitchen is closed, and what was not clear."""
    is_unclear = taken.problem is not None or taken.question is not None
    follows = is_unclear or closed is not None
    parts = [*warnings]
    parts += [words_for_added(taken.lines, more_follows=follows)] if taken.lines else []
    if closed is not None:
        parts.append(f"{closed.partition(';')[0]}." if is_unclear and ";" in closed else closed)
    if taken.problem is not None:
        parts.append(str(taken.problem))
    if taken.question is not None:
        parts.append(taken.question.words)
    return " ".join(dict.fromkeys(parts))


def _item_named_one_of(names: list[str], halved: list[str]) -> type[Item]:
    named = create_model("MenuItem", __base__=Item, item_name=(one_of(names), Field(description="the dish")))
    if not halved:
        return named
    half = one_of(halved) | None
    return create_model("MenuItem", __base__=named, other_half=(half, Item.model_fields["other_half"]))


@function_tool
@spoken
async def change_cart_item(
    context: Context,
    line: int,
    item_name: str | None,
    quantity: Annotated[int, Field(ge=0, le=MOST_PER_LINE)] | None,
    options: list[Option] | None,
    note: str | None,
    other_half: str | None = None,
) -> str:
    """Change one line of the order. What is null stays as it is.

    Args:
        line: which line, counted from 1 as quick_view_cart says them
        item_name: another dish in its place
        quantity: how many in all; 0 removes the line
        options: choices to make, change or leave out
        note: a wish for the kitchen
        other_half: the dish of the right half, of two in one
    """
    chosen = None if options is None else tuple(option.request() for option in options)
    call = context.userdata
    async with telling_allergies(call, [note]):
        changed = await change_item(
            call, line, item_name=item_name, quantity=quantity, options=chosen, note=note, other_half=other_half
        )
    if quantity == 0:
        return words_for_removed(changed, call.cart)
    is_another = item_name is not None or other_half is not None
    return with_warnings(call, (changed,) if is_another else (), words_for_changed(changed))


@function_tool
@spoken
async def remove_from_cart(context: Context, line: int) -> str:
    """Take one line out of the order.

    Args:
        line: which line, counted from 1 as quick_view_cart says them
    """
    removed = await remove_item(context.userdata, line)
    return words_for_removed(removed, context.userdata.cart)


@function_tool
@spoken
async def quick_view_cart(context: Context) -> str:
    """Say what is in the order and what it costs so far."""
    call = context.userdata
    is_short = call.has_screen and not call.cart.is_empty
    return words_for_shown_cart(call.cart) if is_short else words_for_cart(call.cart)


@function_tool
@spoken
async def start_over(context: Context) -> str:
    """Empty the order and take the dishes of the other restaurant instead.

    Call it only after you asked whether to start over and the caller said yes.
    """
    call = context.userdata
    wanted, call.elsewhere = call.elsewhere, ()
    if not wanted:
        raise ToolError(TermSentence.STARTED_OVER_NOT.words())
    if call.wishes.coupon:
        call.tell(lambda wishes: replace(wishes, coupon=""))
    taken = await call.take(wanted, afresh=True)
    closed = words_if_closed_for(call) if taken.lines else None
    return words_for_taken(taken, closed, warnings_about(call, taken.lines))
