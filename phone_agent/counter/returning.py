"""A caller who is known: what was lost, the usual, consent, preferences, being forgotten, and proof by PIN."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from uuid import uuid4

from phone_agent.call import Call
from phone_agent.callers.lost_carts import LOST_FOR
from phone_agent.callers.pin import DIGITS, MOST_TRIES, is_right
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.disclosure import Level, Matter, may
from phone_agent.ordering.errors import (
    CartOutdated,
    NotUnderstood,
    OtherRestaurant,
    StoreUnavailable,
)
from phone_agent.ordering.hours import local_date
from phone_agent.ordering.order import Order
from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.usual import Reordered, last_of, order_again, request_like, usual_of
from phone_agent.ordering.wishes import NO_TIP, PICKUP, Wishes
from phone_agent.ordering.wishing import with_note
from phone_agent.ordering.wording_callers import words_for_hello, words_for_progress
from phone_agent.store.records import FrozenCart, Profile

logger = logging.getLogger(__name__)

ORDERS_KNOWN = 20


def level_of(call: Call) -> Level:
    if call.known.is_proven:
        return Level.PROVEN
    is_somebody = call.record.caller_number is not None or _is_remembered(call.profile)
    return Level.CALLER_ID if is_somebody else Level.NOBODY


def may_hear(call: Call, matter: Matter, order: Order | None = None) -> bool:
    of_this_call = order is not None and call.order is not None and order.id == call.order.id
    return may(level_of(call), matter, is_of_this_call=of_this_call, has_pin=call.known.has_pin)


def _is_remembered(profile: Profile) -> bool:
    """With or without a name."""
    return not profile.is_guest or profile.phone is not None


async def look_up(call: Call) -> None:
    """What is known before the first word is said; asked for side by side, because the caller waits for it."""
    number, known = call.record.caller_number, call.known
    known.dietary_tags, known.favorite_cuisines = call.profile.dietary_tags, call.profile.favorite_cuisines
    known.was_known = _is_remembered(call.profile)
    asked = [_look_up_orders(call)] if known.was_known or number is not None else []
    if number is not None:
        asked += [_look_up_pin(call, number), _look_up_lost_cart(call, number), _look_up_unheard_order(call, number)]
    await asyncio.gather(*asked)


async def _look_up_orders(call: Call) -> None:
    """Of the number, for who asks about one; what is offered again is the profile's."""
    if not may_hear(call, Matter.DISHES):
        return
    profile_id, number = call.profile.id, call.record.caller_number
    placed = await call.store.find_orders(profile_id=profile_id, caller_number=number, limit=ORDERS_KNOWN)
    own = [order for order in placed if order.profile_id == profile_id]
    call.known.placed = tuple(placed)
    call.known.orders = tuple(order for order in own if _is_on_menu(call, order.restaurant_id))


async def _look_up_pin(call: Call, number: str) -> None:
    call.known.has_pin = await call.store.has_pin(number)


async def _look_up_lost_cart(call: Call, number: str) -> None:
    if may_hear(call, Matter.LOST_CART):
        lost = await call.store.find_orphaned_cart(number, call.now - LOST_FOR)
        call.known.lost_cart = lost if lost and _is_on_menu(call, lost.cart.restaurant_id) else None


async def _look_up_unheard_order(call: Call, number: str) -> None:
    if may_hear(call, Matter.ORDER_STATUS):
        call.known.unheard_order = await call.store.find_unheard_order(number, call.now - LOST_FOR)


def _is_on_menu(call: Call, restaurant_id: str | None) -> bool:
    """Who has dialled one restaurant's number is not offered another one's dishes."""
    return call.menu.known_restaurant(restaurant_id) is not None


def greeting(call: Call) -> str:
    """One question at most: what was lost comes before the usual."""
    known = call.known
    name = known.name or (call.profile.household_name if may_hear(call, Matter.GREETING_BY_NAME) else None)
    usual = usual_of(known.orders) if known.unheard_order is None else None
    if known.lost_cart is not None:
        known.ask(Asked.LOST_CART)
    elif usual is not None:
        known.ask(Asked.USUAL)
    dialled = call.record.dialled_number
    only = call.keeper.only
    place = next((p.name for p in call.menu.active if dialled in p.numbers or p.slug == only), None)
    unheard = words_for_progress(known.unheard_order, call.now) if known.unheard_order is not None else ""
    lost = known.lost_cart.cart if known.lost_cart else None
    return words_for_hello(name, place, is_recorded=known.is_recorded, lost=lost, usual=usual, unheard=unheard)


async def take_up_lost_cart(call: Call) -> FrozenCart:
    """Raises CartOutdated. Address and note of the earlier call are left out: they would be read out."""
    lost = call.known.lost_cart
    if lost is None or not call.cart.is_empty:
        raise CartOutdated(CallerSentence.LOST_CART_GONE.words())
    call.known.lost_cart = None
    before = lost.wishes
    way = replace(before.fulfilment, street="", zip_code="")
    # A street that is asked for again must be heard.
    way = way if call.known.hears_own_words else replace(way, kind="pickup")
    kept = _with_what_was_said(replace(before, order_note="", fulfilment=way), call.wishes)
    try:
        return await call.take_up(replace(lost, wishes=kept))
    except CartOutdated:
        # The call that broke off may have placed it meanwhile.
        number = call.record.caller_number
        placed = await call.store.find_unheard_order(number, call.now - LOST_FOR) if number else None
        if placed is None:
            raise
        raise CartOutdated(words_for_progress(placed, call.now)) from None


def _with_what_was_said(before: Wishes, now: Wishes) -> Wishes:
    """What this call was told already counts more; of allergies both count."""
    kept = replace(
        before,
        order_note=now.order_note,
        tip=before.tip if now.tip == NO_TIP else now.tip,
        coupon=now.coupon or before.coupon,
        fulfilment=before.fulfilment if now.fulfilment == PICKUP else now.fulfilment,
    )
    return with_note(kept, "allergy", now.allergy_note) if now.allergy_note else kept


async def give_up_lost_cart(call: Call) -> None:
    """Who does not want it is not offered it in the next call either."""
    lost, call.known.lost_cart = call.known.lost_cart, None
    if lost is None:
        return
    try:
        await call.store.abandon_cart(lost.cart.id)
    except StoreUnavailable:
        logger.warning("a cart that was refused could not be given up; it may be offered once more")


async def order_the_same(call: Call, *, usual: bool) -> Reordered:
    """Puts it into the cart at today's prices. Raises NotUnderstood, OtherRestaurant, TooMany."""
    orders = call.known.orders
    order = (usual_of(orders) or last_of(orders)) if usual else earlier_orders(call)[0]
    if order is None:
        raise NotUnderstood(CallerSentence.HISTORY_NONE.words())
    again = order_again(order, call.menu, call.wanted_at)
    if again.lines:
        lines = [replace(line, id=str(uuid4())) for line in again.lines]
        if call.cart.restaurant_id not in (None, order.restaurant_id):
            await _ask_to_start_over(call, again)
        await call.add(lines)
        return replace(again, lines=tuple(lines))
    return again


async def _ask_to_start_over(call: Call, again: Reordered) -> None:
    """As for any dish of another restaurant. Raises OtherRestaurant."""
    try:
        await call.take([request_like(line, call.menu) for line in again.lines])
    except OtherRestaurant as error:
        raise OtherRestaurant(" ".join([*again.changes, str(error)])) from error


def earlier_orders(call: Call) -> list[Order]:
    """Newest first, two at most, and none that was cancelled. Raises NotUnderstood."""
    own = [call.order] if call.order is not None else []
    heard = [order for order in (*own, *call.known.orders) if may_hear(call, Matter.DISHES, order)]
    orders = [order for order in heard if order.lines and order.status != "cancelled"]
    if not orders:
        raise NotUnderstood(CallerSentence.HISTORY_NONE.words())
    return orders[:2]


def question_after_order(call: Call) -> str | None:
    """New callers are asked for a name once, then whether it may be kept; both after the order is safe."""
    known = call.known
    if known.was_known:
        return None
    if known.hears_own_words and not known.name and not {Asked.NAME, Asked.REMEMBER} & known.asked:
        known.ask(Asked.NAME)
        return CallerSentence.NAME_WANTED.words()
    return remember_offer(call)


def remember_offer(call: Call) -> str | None:
    if call.record.caller_number is None or call.known.was_known or Asked.REMEMBER in call.known.asked:
        return None
    call.known.ask(Asked.REMEMBER)
    return CallerSentence.REMEMBER_OFFER.words()


async def remember(call: Call) -> None:
    """With consent. Where another call of that number was quicker, its profile stays."""
    number, known = call.record.caller_number, call.known
    if number is None:
        return
    wanted = replace(call.profile, household_name=known.name or call.profile.household_name)
    kept = await call.store.remember(wanted, number)
    if kept.id == call.profile.id:
        call.profile = kept


def ask_before_forgetting(call: Call) -> str:
    if _number_of(call) is None:
        return Sentence.PROFILE_GUEST.words()
    if not may_hear(call, Matter.FORGETTING):
        return CallerSentence.PIN_NEEDED.words()
    call.known.ask(Asked.FORGET)
    return CallerSentence.FORGET_OFFER.words()


async def forget(call: Call) -> None:
    """What is in the cart stays, because the call goes on."""
    number = _number_of(call)
    if number is None or not may_hear(call, Matter.FORGETTING):
        return
    call.void_quote()
    await call.forget_words()
    await call.store.forget(number, now=call.now)
    call.profile = Profile(call.profile.id)
    call.record = replace(call.record, caller_number=None)
    known = call.known
    known.orders, known.placed, known.order_of_today, known.lost_cart = (), (), None, None
    known.has_pin, known.is_proven, known.name = False, False, ""
    known.dietary_tags, known.favorite_cuisines = (), ()
    known.tags_to_keep, known.cuisines_to_keep = (), ()


def _number_of(call: Call) -> str | None:
    """Also of a household that calls from the page."""
    return call.record.caller_number or call.profile.phone


async def has_pin(call: Call) -> bool:
    """Staff may have set one since the call began."""
    number = call.record.caller_number
    call.known.has_pin = number is not None and await call.store.has_pin(number)
    return call.known.has_pin


async def prove(call: Call, digits: str | None) -> Said:
    """Compares what was keyed in; every comparison costs one of the day's tries. Raises StoreUnavailable.

    A try that was not answered compared nothing: the next digits are that try.
    """
    number, known = call.record.caller_number, call.known
    if number is None:
        return CallerSentence.PIN_NONE
    if digits is None or len(digits) != DIGITS:
        return CallerSentence.PIN_NOT_KEYED
    call.note("keypad", "PIN entered")
    try_id, known.pin_try = known.pin_try or str(uuid4()), ""
    try:
        taken = await call.store.take_pin_try(number, _day_of_tries(call), MOST_TRIES, try_id=try_id)
    except StoreUnavailable:
        known.pin_try = try_id
        raise
    if taken.pin_hash is None:
        return CallerSentence.PIN_NONE
    if not taken.is_allowed:
        return CallerSentence.PIN_NO_TRIES
    if not await asyncio.to_thread(is_right, digits, taken.pin_hash):
        return CallerSentence.PIN_WRONG
    known.is_proven, known.pin_try = True, try_id
    return CallerSentence.PIN_RIGHT


async def give_back_try(call: Call) -> None:
    """Of a PIN that was right."""
    number, known = call.record.caller_number, call.known
    if number is None or not known.is_proven or not known.pin_try:
        return
    try:
        await call.store.give_back_pin_try(number, _day_of_tries(call), try_id=known.pin_try)
        known.pin_try = ""
    except StoreUnavailable:
        logger.warning("the try of a right PIN could not be given back; it counts")


def _day_of_tries(call: Call) -> str:
    return local_date(call.now, call.menu.restaurants[0].timezone).isoformat()
