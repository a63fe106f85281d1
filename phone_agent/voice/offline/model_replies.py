"""What the offline model does about each intent: tool calls, in order, or sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, get_args

from phone_agent.call import Call
from phone_agent.counter.offers import offer_again
from phone_agent.counter.order_of_today import has_cancelled_order, has_order_underway
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.cart import MOST_PER_LINE
from phone_agent.ordering.selection import ItemRequest, OpenQuestion, OptionRequest
from phone_agent.ordering.wording import Sentence, either
from phone_agent.understanding import about_caller, about_support
from phone_agent.understanding import intents as meant
from phone_agent.understanding import term_intents as terms
from phone_agent.voice.offline.model_answers import (
    words_for_allergy,
    words_for_confirming,
    words_for_going_on,
    words_for_open_total,
    words_for_options,
    words_for_time,
    words_for_wrong_number,
)
from phone_agent.voice.offline.model_caller import open_offer, steps_about_caller
from phone_agent.voice.offline.model_lines import added, changed
from phone_agent.voice.offline.model_looking import find, find_restaurants, look_for_diet, show_menu
from phone_agent.voice.offline.model_offers import Offer, offer_in
from phone_agent.voice.offline.model_steps import Reply, ToolUse
from phone_agent.voice.offline.model_support import handoff_to, use_of_support
from phone_agent.voice.offline.model_terms import (
    drop_allergy,
    give_tip,
    hand_over,
    is_about_allergy,
    taken_offer,
    tell_allergy,
    tell_kitchen,
    use_coupon,
    words_for_address,
    words_for_delivery,
    words_for_hours,
    words_for_payment,
)

CHANGE_ORDER = "change_order"
"""Hidden from models, and still run where it is named: a no in a read-back is never left to a model."""
LAST = ("quick_view_cart", "quick_checkout", "repeat", "open_second_screen", "call_a_person", "end_call")
"""These speak for themselves or end something: after the others, in this order."""


Step = ToolUse | str


def reply_to(understood: meant.Understood, call: Call) -> Reply:
    steps = [step for intent in understood.intents for step in _steps(intent, call)]
    uses = [step for step in steps if isinstance(step, ToolUse)]
    uses.sort(key=_place_of)
    sentences = dict.fromkeys(step for step in steps if isinstance(step, str))
    return Reply(tuple(dict.fromkeys(uses)), tuple(sentences))


def can_use(use: ToolUse, available: Sequence[str]) -> bool:
    return use.name in available or (bool(available) and use.name == CHANGE_ORDER)


def in_reach(uses: Sequence[ToolUse], available: Sequence[str]) -> tuple[ToolUse, ...]:
    """What this agent has, then what the other one has, and at the end what ends something."""
    here = [use for use in uses if can_use(use, available)]
    there = [use for use in uses if use not in here and handoff_to(use, available) is not None]
    return (*(use for use in here if use.name not in LAST), *there, *(use for use in here if use.name in LAST))


def _place_of(use: ToolUse) -> int:
    """An allergy comes first: a tool that refuses ends the plan, and the kitchen is told in any case."""
    if use.name in LAST:
        return LAST.index(use.name)
    return -2 if is_about_allergy(use) else -1


def _steps(intent: meant.Intent, call: Call) -> Iterable[Step]:
    return STEPS[type(intent)](intent, call)


def _add(intent: meant.AddItems, call: Call) -> Iterable[Step]:
    wrong = [request for request in intent.items if not 1 <= request.quantity <= MOST_PER_LINE]
    if wrong:
        return [words_for_wrong_number(wrong[0], call)]
    places = dict.fromkeys(request.restaurant_name for request in intent.items)
    return [added([item for item in intent.items if item.restaurant_name == place], place) for place in places]


def _change(intent: meant.ChangeItem, call: Call) -> Iterable[Step]:
    if intent.quantity is not None and not 0 <= intent.quantity <= MOST_PER_LINE:
        return [Sentence.TOO_MANY_OF_DISH.words(limit=str(MOST_PER_LINE))]
    return [changed(intent)]


def _remove(intent: meant.RemoveItem, call: Call) -> Iterable[Step]:
    return [ToolUse.of("remove_from_cart", line=intent.line + 1)]


def _not_in_order(intent: meant.NotInOrder, call: Call) -> Iterable[Step]:
    if call.is_order_placed and not has_cancelled_order(call):
        return [Sentence.ALREADY_PLACED.words()]
    return [(Sentence.CART_EMPTY if call.cart.is_empty else Sentence.NOT_IN_CART).words()]


def _which_one(intent: meant.WhichOne, call: Call) -> Iterable[Step]:
    return [Sentence.WHICH_ONE.words(dishes=either(intent.candidates))]


def _choose(intent: meant.Choose, call: Call) -> Iterable[Step]:
    """Completes what the open question is about."""
    question = call.open_question
    if question is None:
        return _unclear(meant.Unclear(), call)
    request = completed(question, intent)
    line = next((i for i, line in enumerate(call.cart.lines) if line.id == question.line_id), None)
    if line is None:
        return _add(meant.AddItems((request,)), call)
    name = request.item_name if request.item_name != call.cart.lines[line].item.name else None
    options, note = request.options or None, request.note or None
    return [changed(meant.ChangeItem(line, name, request.quantity, options, note, request.other_half or None))]


def completed(question: OpenQuestion, answer: meant.Choose) -> ItemRequest:
    request = question.request
    chosen = answer.options
    if question.group_id is None:
        request = replace(request, item_name=answer.answer)
    else:
        chosen = (OptionRequest(answer.answer), *chosen)
    note = ", ".join(part for part in (request.note, answer.note) if part)
    return replace(
        request, options=(*request.options, *chosen), note=note, quantity=answer.quantity or request.quantity
    )


def _more(intent: meant.Intent, call: Call) -> Iterable[Step]:
    """The next dishes of the section that was read last."""
    sections = {call.menu.section_of(item).id: item for item in call.shown}
    if len(sections) != 1:
        return show_menu(meant.ShowMenu(), call)
    item = next(iter(sections.values()))
    slug = call.menu.restaurant_of(item).slug
    return show_menu(meant.ShowMenu(slug, call.menu.section_of(item).slug), call)


def _yes(intent: meant.Intent, call: Call) -> Iterable[Step]:
    """Outside a read-back, a yes is to what was offered last."""
    if call.has_open_quote:
        return [words_for_confirming(call)]
    if open_offer(call) is not None:
        return [ToolUse.of("accept_offer")]
    taken = taken_offer(call)
    if taken is not None:
        return taken
    offer = offer_in(call.last_said)
    if offer is Offer.ADD and len(call.shown) == 1:
        return [added([ItemRequest(call.shown[0].name)], call.menu.restaurant_of(call.shown[0]).name)]
    if offer is Offer.MORE:
        return _more(intent, call)
    place = next((place for place in call.menu.restaurants if place.name in call.last_said), None)
    if offer is Offer.MENU and place is not None:
        return show_menu(meant.ShowMenu(place.slug), call)
    if call.open_question is not None:
        return [call.open_question.words]
    return [Sentence.OKAY_WHAT.words()]


def _no(intent: meant.Intent, call: Call) -> Iterable[Step]:
    """ "Anything else?" "No": the order is read back, or the call ends after one was placed.

    In a read-back every no leaves nothing that a later key or yes could place.
    """
    if call.has_open_quote:
        return [ToolUse.of(CHANGE_ORDER)]
    if open_offer(call) is not None:
        return [ToolUse.of("decline_offer")]
    if offer_in(call.last_said) is Offer.ELSE:
        if call.is_order_placed:
            return [ToolUse.of("end_call")]
        if not call.cart.is_empty:
            return [ToolUse.of("quick_checkout")]
    return [(Sentence.OKAY_WHAT if call.cart.is_empty else Sentence.OKAY_CHECK_OUT).words()]


def _checkout(intent: meant.Checkout, call: Call) -> Iterable[Step]:
    """ "That's all", said after the order was placed, ends the call; said to the read-back it is no clear yes."""
    if open_offer(call) is Asked.LOST_CART and call.cart.is_empty and not intent.is_enough:
        return [ToolUse.of("accept_offer")]
    if intent.is_enough and call.has_open_quote:
        return [words_for_confirming(call)]
    return [ToolUse.of("end_call" if intent.is_enough and call.is_order_placed else "quick_checkout")]


def _view(intent: meant.ViewCart, call: Call) -> Iterable[Step]:
    total = words_for_open_total(call) if intent.is_total else None
    return [ToolUse.of("quick_view_cart") if total is None else total]


def _thanks(intent: meant.Thanks, call: Call) -> Iterable[Step]:
    return [words_for_confirming(call) if call.has_open_quote else Sentence.WELCOME.words()]


def _unclear(intent: meant.Intent, call: Call) -> Iterable[Step]:
    offer = offer_again(call)
    if offer is not None:
        return [offer]
    is_second = call.last_said in (Sentence.UNCLEAR.words(), Sentence.UNCLEAR_AGAIN.words())
    return [(Sentence.UNCLEAR_AGAIN if is_second else Sentence.UNCLEAR).words()]


def _use(name: str) -> Callable[[Any, Call], Iterable[Step]]:
    return lambda intent, call: [ToolUse.of(name)]


def _about_caller(intent: about_caller.AboutCaller, call: Call) -> Iterable[Step]:
    return steps_about_caller(intent, call)


def _time(intent: meant.AskTime, call: Call) -> Iterable[Step]:
    """With nothing in the cart it is asked of what is placed."""
    if call.cart.is_empty and (has_cancelled_order(call) or (not call.shown and has_order_underway(call))):
        return [ToolUse.of("get_order_status")]
    return [words_for_time(call)]


def _offer_or(sentence: Sentence) -> Callable[[Any, Call], Iterable[Step]]:
    """What asks for nothing leaves an offer open."""
    return lambda intent, call: [offer_again(call) or sentence.words()]


def _say(sentence: Sentence) -> Callable[[Any, Call], Iterable[Step]]:
    return lambda intent, call: [sentence.words()]


STEPS: dict[type, Callable[[Any, Call], Iterable[Step]]] = {
    meant.AddItems: _add,
    meant.ChangeItem: _change,
    meant.RemoveItem: _remove,
    meant.NotInOrder: _not_in_order,
    meant.WhichOne: _which_one,
    meant.Choose: _choose,
    meant.FindFood: lambda intent, call: find(intent.query),
    meant.FindRestaurants: find_restaurants,
    meant.ShowMenu: show_menu,
    meant.AskOptions: lambda intent, call: [words_for_options(intent, call)],
    meant.AskPrice: lambda intent, call: find(intent.dish),
    meant.AskDiet: look_for_diet,
    meant.AskTime: _time,
    meant.AskPayment: lambda intent, call: [words_for_payment(call)],
    meant.AskDelivery: lambda intent, call: [words_for_delivery(call)],
    terms.HandOver: hand_over,
    terms.UseCoupon: use_coupon,
    terms.GiveTip: give_tip,
    terms.TellKitchen: tell_kitchen,
    terms.TellAllergy: tell_allergy,
    terms.DropAllergy: drop_allergy,
    terms.AskHours: lambda intent, call: [words_for_hours(intent, call)],
    terms.AskAddress: lambda intent, call: [words_for_address(intent, call)],
    terms.RingWhenReady: lambda intent, call: [ToolUse.of("call_when_ready", wanted=True)],
    terms.DoNotRing: lambda intent, call: [ToolUse.of("call_when_ready", wanted=False)],
    meant.AskAutomated: _say(Sentence.AUTOMATED),
    meant.Allergy: lambda intent, call: [words_for_allergy(intent, call)],
    meant.Keep: lambda intent, call: [words_for_going_on(call)],
    meant.ViewCart: _view,
    meant.Checkout: _checkout,
    meant.Confirm: _yes,
    meant.Decline: _no,
    meant.Profile: _use("get_user_profile"),
    meant.More: _more,
    meant.Repeat: _use("repeat"),
    meant.Person: _use("call_a_person"),
    meant.SecondScreen: _use("open_second_screen"),
    meant.Help: lambda intent, call: show_menu(meant.ShowMenu(), call),
    meant.Pause: _offer_or(Sentence.OKAY_WHAT),
    meant.Thanks: _thanks,
    meant.Goodbye: _use("end_call"),
    meant.Greeting: _offer_or(Sentence.HELLO_AGAIN),
    meant.Unclear: _unclear,
    **dict.fromkeys(get_args(about_caller.AboutCaller), _about_caller),
    **dict.fromkeys(get_args(about_support.AboutSupport), lambda intent, call: [use_of_support(intent)]),
}
