"""What a caller changes: lines of the cart as callers count them, and how the order is handed over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from phone_agent.call import Call
from phone_agent.order_pad.masking import line_like
from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.cart_changes import sold_out_lines
from phone_agent.ordering.clock import Day
from phone_agent.ordering.errors import NotDelivered, OptionMissing, RestaurantClosed, SlotFull, TimeNotPossible
from phone_agent.ordering.menu import MenuItem, Restaurant
from phone_agent.ordering.selection import ItemRequest, OpenQuestion, OptionRequest, changed_line
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.serving import dishes_of
from phone_agent.ordering.taking import labels_of, start_over
from phone_agent.ordering.wishes import FulfilmentKind
from phone_agent.ordering.wishing import kind_of_note, with_handover, with_note, with_way
from phone_agent.ordering.wording_callers import words_for_allergy_warnings, words_for_diet_warnings


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
            at=call.wanted_at,
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


async def leave_out_sold_out(call: Call) -> Sequence[LineItem]:
    """Gives what was taken out of the cart."""
    gone = sold_out_lines(call.cart)
    if gone:
        await call.remove(*(line.id for line in gone))
    return gone


async def hand_over(call: Call, kind: FulfilmentKind, when: tuple[Day, str], where: tuple[str, str]) -> Restaurant:
    """A delivery stays one where only its time is refused. Raises what with_handover raises."""
    if kind == "delivery" and not call.known.hears_own_words and call.record.channel != "page":
        await hand_over(call, "pickup", when, ("", ""))
        raise NotDelivered(TermSentence.NO_ADDRESS_HERE.words())
    place = call.restaurant or call.menu.restaurants[0]
    is_chosen = call.restaurant is not None
    try:
        await call.wish(
            lambda wishes: with_handover(wishes, kind, when, where, place, call.cart, call.now, is_chosen=is_chosen)
        )
    except (RestaurantClosed, SlotFull, TimeNotPossible):
        await call.wish(lambda wishes: with_way(wishes, kind, where, call.restaurant))
        raise
    return place


@asynccontextmanager
async def telling_allergies(call: Call, notes: Iterable[str | None]) -> AsyncIterator[None]:
    """Of the notes of dishes: an allergy is flagged to the kitchen, and not only written beside a dish.

    It is written with the dishes, and where they are refused as well.
    """
    told = [note for note in notes if note and kind_of_note("order", note) == "allergy"]
    if told:
        call.tell(lambda wishes: with_note(wishes, "allergy", "; ".join(dict.fromkeys(told))))
    try:
        yield
    finally:
        await call.write_told()


def dishes_in_cart(call: Call) -> list[MenuItem]:
    return _dishes_of(call, call.cart.lines)


def _dishes_of(call: Call, lines: Sequence[LineItem]) -> list[MenuItem]:
    """With other halves, and the parts of combos."""
    return [dish for line in lines for dish in dishes_of(line, call.menu.restaurant_of(line.item))]


def warnings_about(call: Call, lines: Sequence[LineItem]) -> list[str]:
    """What dishes hold that the caller should not or would not eat, as far as the menu says it."""
    dishes = _dishes_of(call, lines)
    diet = words_for_diet_warnings(dishes, call.known.dietary_tags)
    return [*words_for_allergy_warnings(dishes, call.wishes.allergy_note), *diet]


def with_warnings(call: Call, lines: Sequence[LineItem], words: str) -> str:
    return " ".join([*warnings_about(call, lines), words])
