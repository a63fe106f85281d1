"""Cards of the caller, the cart, the quote and the order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from phone_agent.call import Call
from phone_agent.cards.of_menu import cut
from phone_agent.cards.parts import CartLine, Handover, Line, LineOption, Sums, money
from phone_agent.cards.schema import (
    ApprovalRequest,
    CartCard,
    FormCard,
    FormField,
    OrderCard,
    OrderUpdateCard,
    ProfileCard,
    QuoteCard,
    QuoteState,
    StateCard,
)
from phone_agent.counter.caller_form import is_address_wanted, is_name_wanted
from phone_agent.counter.returning import may_hear
from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.disclosure import Matter, greeted_as
from phone_agent.ordering.language import called
from phone_agent.ordering.order import Order, OrderLine, Quote, order_line
from phone_agent.ordering.pricing import Totals
from phone_agent.ordering.wording_callers import words_for_progress
from phone_agent.ordering.wording_times import words_for_day, words_for_time

AnyLine = TypeVar("AnyLine", bound=Line)
MOST_OPTIONS = 12
LONGEST_NAME, LONGEST_NOTE = 40, 80
MOST_BYTES_OF_LINES = 11_000


def profile_card(call: Call, *, is_second_screen: bool) -> ProfileCard:
    """A telephone number alone lets no more be shown than said."""
    profile, known = call.profile, call.known
    name = known.name or (profile.household_name if may_hear(call, Matter.GREETING_BY_NAME) else None)
    may_know = may_hear(call, Matter.PREFERENCES)
    return ProfileCard(
        name=greeted_as(name) if name else None,
        is_guest=profile.is_guest,
        is_second_screen=is_second_screen,
        city=profile.city if may_hear(call, Matter.AREA) else None,
        favorite_cuisines=list(known.favorite_cuisines) if may_know else [],
        dietary_tags=list(known.dietary_tags) if may_know else [],
    )


def cart_card(cart: Cart, restaurant_name: str | None) -> CartCard:
    lines = [_cart_line(line) for line in cart.lines]
    return CartCard(
        version=cart.version,
        restaurant_id=cart.restaurant_id,
        restaurant_name=restaurant_name,
        lines=slim(lines),
        quantity=cart.quantity,
        subtotal=money(cart.subtotal_cents),
    )


def quote_card(quote: Quote, state: QuoteState, now: datetime) -> QuoteCard:
    return QuoteCard(
        quote_id=quote.id,
        state=state,
        restaurant_name=quote.restaurant_name,
        lines=_lines_of(quote.lines),
        sums=_sums(quote.totals),
        handover=_handover(quote, now),
        order_note=cut(quote.wishes.order_note),
        allergy_note=cut(quote.wishes.allergy_note),
        valid_until=quote.valid_until,
    )


def order_card(order: Order, now: datetime) -> OrderCard:
    return OrderCard(
        order_id=order.id,
        number=f"{order.number:03d}",
        restaurant_name=order.restaurant_name,
        lines=_lines_of(order.lines),
        sums=_sums(order.totals),
        handover=_handover(order, now),
        status=order.status,
        status_text=words_for_progress(order, now),
        is_pay_at_handover=order.payment_method in ("at_pickup", "on_delivery"),
    )


def order_update_card(order: Order, now: datetime) -> OrderUpdateCard:
    return OrderUpdateCard(
        order_id=order.id, number=f"{order.number:03d}", status=order.status, message=words_for_progress(order, now)
    )


def form_card(call: Call) -> FormCard:
    fields: list[FormField] = ["street", "zip_code", "phone"] if is_address_wanted(call) else []
    return FormCard(fields=[*fields, "name"] if is_name_wanted(call) else fields)


def approval_request(quote: Quote) -> ApprovalRequest:
    return ApprovalRequest(quote_id=quote.id, cart=_lines_of(quote.lines), total=money(quote.totals.total_cents))


def state_cards(call: Call, *, is_second_screen: bool) -> list[StateCard]:
    """All that a page which has just come needs to show, in the order in which it came to be."""
    place = call.restaurant.name if call.restaurant is not None and not call.cart.is_empty else None
    cards: list[StateCard] = [profile_card(call, is_second_screen=is_second_screen), cart_card(call.cart, place)]
    if call.quote is not None:
        lapsed: QuoteState = "closed" if call.has_lapsed_quote else "drawn"
        cards.append(quote_card(call.quote, "open" if call.has_open_quote else lapsed, call.now))
    if not is_second_screen:
        cards.append(form_card(call))
    if call.order is not None:
        cards.append(order_card(call.order, call.now))
    return cards


def _lines_of(lines: Sequence[OrderLine]) -> list[Line]:
    return slim([_line(line) for line in lines])


def _line(line: OrderLine) -> Line:
    return Line(
        name=called(line.name),
        quantity=line.quantity,
        options=[
            LineOption(label=called(option.label), price=money(option.price_cents))
            for option in line.options[:MOST_OPTIONS]
        ],
        note=line.note[:LONGEST_NOTE],
        unit_price=money(line.unit_price_cents),
        total=money(line.total_cents),
    )


def _cart_line(line: LineItem) -> CartLine:
    said = _line(order_line(line))
    return CartLine(**dict(said), id=line.id, dish_id=line.item.id, is_available=line.is_available)


def slim(lines: list[AnyLine]) -> list[AnyLine]:
    """Fifty dishes with all that is said of them would not go into one message: then each is hardly more than named."""
    if sum(len(line.model_dump_json().encode()) for line in lines) <= MOST_BYTES_OF_LINES:
        return lines
    return [line.model_copy(update={"name": line.name[:LONGEST_NAME], "options": [], "note": ""}) for line in lines]


def _sums(totals: Totals) -> Sums:
    return Sums(
        subtotal=money(totals.subtotal_cents),
        discount=money(totals.discount_cents),
        tax=money(totals.tax_cents),
        fees=money(totals.fees_cents),
        tip=money(totals.tip_cents),
        total=money(totals.total_cents),
    )


def _handover(of: Quote | Order, now: datetime) -> Handover:
    at = of.arrives_at or of.ready_at
    day, time = words_for_day(at, now, of.timezone), words_for_time(at, of.timezone)
    is_today = words_for_day(now, now, of.timezone) == day
    return Handover(
        kind=of.fulfilment.kind,
        ready_at=at,
        ready_text=time if is_today else f"{day}, {time}",
        street=of.fulfilment.street,
        zip_code=of.fulfilment.zip_code,
    )
