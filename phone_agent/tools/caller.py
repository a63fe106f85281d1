"""Tools about what the caller says of themselves, and their answers to what the agent has offered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from livekit.agents import ToolError, function_tool

from phone_agent import line
from phone_agent.call import Call
from phone_agent.callers.pin import DIGITS
from phone_agent.counter import returning, tastes
from phone_agent.counter.editing import leave_out_sold_out, warnings_about, with_warnings
from phone_agent.counter.naming import take_name
from phone_agent.counter.order_of_today import note_order_of_today
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.cart_changes import sold_out_lines
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.sentences_person import PersonSentence
from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.ordering.wording import words_for_removed
from phone_agent.ordering.wording_callers import words_for_reordered, words_for_taken_up
from phone_agent.services.call_backs import take_message
from phone_agent.store.records import FrozenCart
from phone_agent.tools.call_control import call_a_person
from phone_agent.tools.spoken import Context, spoken

DECLINED: Mapping[Asked, Said] = {
    Asked.LOST_CART: Sentence.OKAY_WHAT,
    Asked.USUAL: Sentence.OKAY_WHAT,
    Asked.LAST_ORDER: Sentence.OKAY_WHAT,
    Asked.NAME: CallerSentence.NOT_REMEMBERED,
    Asked.REMEMBER: CallerSentence.NOT_REMEMBERED,
    Asked.TASTES: CallerSentence.TASTES_NOT_KEPT,
    Asked.FORGET: CallerSentence.NOT_FORGOTTEN,
    Asked.LEAVE_OUT: Sentence.SOLD_OUT_STAYS,
    Asked.PERSON: SupportSentence.PERSON_DECLINED,
    Asked.CALL_BACK: PersonSentence.NO_CALL_BACK,
}


@function_tool
@spoken
async def accept_offer(context: Context) -> str | None:
    """The caller says yes to what was asked last: to go on with an order, the usual, being remembered or forgotten."""
    return await ACCEPTED[_taken_answer(context)](context)


@function_tool
@spoken
async def go_on_with_lost_order(context: Context) -> str:
    """The caller says yes to going on with the order of a broken call, and asks for more in the same sentence.

    It is not read back then: call the tools for the rest after it.
    """
    call = context.userdata
    if call.known.asking is not Asked.LOST_CART:
        raise ToolError(CallerSentence.NOTHING_ASKED.words())
    _taken_answer(context)
    await returning.take_up_lost_cart(call)
    return with_warnings(call, call.cart.lines, words_for_taken_up(call.cart))


@function_tool
@spoken
async def decline_offer(context: Context) -> str:
    """The caller says no to what was asked last."""
    known = context.userdata.known
    asked, known.asking = known.asking, None
    if asked is Asked.LOST_CART:
        await returning.give_up_lost_cart(context.userdata)
    elif asked is Asked.NAME:
        known.asked.add(Asked.REMEMBER)
    elif asked is Asked.TASTES:
        known.tags_to_keep, known.cuisines_to_keep = (), ()
    return (DECLINED[asked] if asked else Sentence.OKAY_WHAT).words()


@function_tool
@spoken
async def save_name(context: Context, name: str) -> str:
    """Put a name on the order, when the caller says one.

    Args:
        name: the name only, as the caller said it
    """
    return await take_name(context.userdata, name)


@function_tool
@spoken
async def save_preferences(context: Context, dietary_tags: list[str], favorite_cuisines: list[str]) -> str:
    """What the caller tells of diet and favourites. It counts at once and asks whether to remember it.

    Args:
        dietary_tags: as the menu marks dishes ("vegetarian"); empty for none
        favorite_cuisines: as the restaurants name them ("Thai"); empty for none
    """
    call = context.userdata
    words = await tastes.take_tastes(call, dietary_tags, favorite_cuisines)
    return with_warnings(call, call.cart.lines if dietary_tags else (), words)


@function_tool
@spoken
async def forget_me(context: Context) -> str:
    """The caller wants what is kept about them to be deleted. Asks once more first."""
    return returning.ask_before_forgetting(context.userdata)


@function_tool
@spoken
async def verify_pin(context: Context) -> None:
    """Ask for the caller's PIN by keypad, before cancelling an order or telling totals; never by voice."""
    session = context.session
    key_in = context.userdata.known.key_in
    if key_in is None:
        raise ToolError(CallerSentence.PIN_NOT_KEYED.words())
    if not await returning.has_pin(context.userdata):
        raise ToolError(CallerSentence.PIN_NONE.words())

    await context.wait_for_playout()
    line.say(session, CallerSentence.PIN_WANTED.words())
    key_in(DIGITS, partial(_compare, session))


async def _compare(session: line.Session, digits: str | None) -> None:
    call = session.userdata
    try:
        said = await returning.prove(call, digits)
    except StoreUnavailable as error:
        await line.refuse(session, error)
        return
    await asyncio.gather(line.say(session, said.words()), returning.give_back_try(call), note_order_of_today(call))


def _taken_answer(context: Context) -> Asked:
    """What was asked last and the caller has spoken since. Raises ToolError: no model answers its own question."""
    known = context.userdata.known
    asked = known.asking
    if asked is None or not known.may_be_answered:
        raise ToolError(CallerSentence.NOTHING_ASKED.words())
    if asked is not Asked.CALL_BACK:  # which is answered when the message is kept
        known.asking = None
    return asked


async def _go_on(context: Context) -> None:
    """A fresh read-back and quote, whatever the earlier call had heard."""
    adopted = await returning.take_up_lost_cart(context.userdata)
    await _read_back(context, adopted=adopted)


async def _leave_out(context: Context) -> str | None:
    call = context.userdata
    gone = sold_out_lines(call.cart)
    if len(gone) < len(call.cart.lines):
        await _read_back(context, without=gone)
        return None
    removed = await leave_out_sold_out(call)
    return words_for_removed(removed[0], call.cart) if removed else Sentence.CART_EMPTY.words()


async def _read_back(context: Context, *, without: Sequence[LineItem] = (), adopted: FrozenCart | None = None) -> None:
    call = context.userdata
    await context.wait_for_playout()
    for warning in warnings_about(call, [kept for kept in call.cart.lines if kept not in without]):
        await line.say(context.session, warning)
    quote = await call.checkout(without=[gone.id for gone in without], adopted=adopted)
    await line.read_back(context.session, quote)


async def _the_usual(context: Context) -> str:
    return await _the_same(context.userdata, usual=True)


async def _the_last(context: Context) -> str:
    return await _the_same(context.userdata, usual=False)


async def _the_same(call: Call, *, usual: bool) -> str:
    again = await returning.order_the_same(call, usual=usual)
    return with_warnings(call, again.lines, words_for_reordered(again))


async def _name(context: Context) -> str:
    context.userdata.known.ask(Asked.NAME)
    return CallerSentence.NAME_WANTED.words()


async def _remember(context: Context) -> str:
    await returning.remember(context.userdata)
    return CallerSentence.REMEMBERED.words()


async def _tastes(context: Context) -> str:
    await tastes.keep_tastes(context.userdata)
    return CallerSentence.TASTES_KEPT.words()


async def _forget(context: Context) -> str:
    await returning.forget(context.userdata)
    return CallerSentence.FORGOTTEN.words()


async def _call_back(context: Context) -> str:
    return await take_message(context.userdata, "")


ACCEPTED: Mapping[Asked, Callable[[Context], Awaitable[str | None]]] = {
    Asked.LOST_CART: _go_on,
    Asked.USUAL: _the_usual,
    Asked.LAST_ORDER: _the_last,
    Asked.NAME: _name,
    Asked.REMEMBER: _remember,
    Asked.TASTES: _tastes,
    Asked.FORGET: _forget,
    Asked.LEAVE_OUT: _leave_out,
    Asked.PERSON: call_a_person,
    Asked.CALL_BACK: _call_back,
}
CALLER_TOOLS = (accept_offer, go_on_with_lost_order, decline_offer, save_name, save_preferences, forget_me, verify_pin)
