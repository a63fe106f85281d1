"""What the offline model does about what callers say of themselves, and about answers to what the agent asked them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from phone_agent.call import Call
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.sentences_person import PersonSentence
from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.ordering.wording_callers import words_for_progress
from phone_agent.understanding import about_caller as meant
from phone_agent.understanding import intents
from phone_agent.understanding.about_caller import is_going_on
from phone_agent.understanding.and_more import more_after_going_on, more_after_yes, usual_and_more
from phone_agent.understanding.names import is_answer_with_name, name_in
from phone_agent.understanding.term_intents import HandOver
from phone_agent.voice.offline.model_steps import ToolUse

QUESTIONS: Mapping[Asked, tuple[Said, ...]] = {
    Asked.LOST_CART: (CallerSentence.LOST_CART_OFFER,),
    Asked.USUAL: (CallerSentence.USUAL_OFFER,),
    Asked.LAST_ORDER: (CallerSentence.HISTORY, CallerSentence.HISTORY_TWO),
    Asked.NAME: (CallerSentence.NAME_WANTED,),
    Asked.REMEMBER: (CallerSentence.REMEMBER_OFFER,),
    Asked.TASTES: (CallerSentence.TASTES_OFFER, CallerSentence.TASTES_OFFER_WITH_NUMBER),
    Asked.FORGET: (CallerSentence.FORGET_OFFER,),
    Asked.LEAVE_OUT: (
        Sentence.SOLD_OUT_MEANWHILE,
        Sentence.SOLD_OUT_MEANWHILE_ALONE,
        Sentence.SOLD_OUT_MEANWHILE_SEVERAL,
        Sentence.CHOICE_OUT_MEANWHILE,
    ),
    Asked.PERSON: (SupportSentence.PERSON_OFFER,),
    # A store that failed leaves the message to be asked for once more.
    Asked.CALL_BACK: (PersonSentence.CALL_BACK_OFFER, Sentence.STORE_UNAVAILABLE),
}
MAY_BE_GONE_ON_WITH = (Asked.LOST_CART, Asked.USUAL, Asked.LAST_ORDER)
MAY_BE_FOLLOWED = (Asked.LOST_CART, Asked.USUAL, Asked.LAST_ORDER, Asked.REMEMBER, Asked.TASTES)
WISHES = (intents.AddItems, intents.Choose, intents.Unclear)
"""What a name may be mistaken for."""
LIKE_NAMES = (intents.FindFood, intents.NotInOrder, intents.Confirm, HandOver)
"""What a name with something beside it may be mistaken for: "this is Rose", "Smith for pickup", "yes, it's Bob"."""


def open_offer(call: Call) -> Asked | None:
    """What was asked in the agent's last words: an answer later than that is to something else."""
    asked = call.known.asking
    if asked is None or not any(_is_in(sentence, call.last_said) for sentence in QUESTIONS[asked]):
        return None
    return asked


def _is_in(sentence: Said, said: str) -> bool:
    return all(piece.strip() in said for piece in re.split(r"\{\w+\}", sentence.value))


def first_of_more(said: str, call: Call) -> tuple[ToolUse, str] | None:
    """What comes first of "yes and a salad" and "the usual and a salad", and the words that come after it.

    They are understood only then, for "make it two" means what has just been put in.
    """
    if call.has_open_quote:
        return None
    offer = open_offer(call)
    more = more_after_yes(said) if offer in MAY_BE_FOLLOWED else ""
    if not more and offer in MAY_BE_GONE_ON_WITH:
        more = more_after_going_on(said)
    if more and not is_going_on(more):
        return ToolUse.of("go_on_with_lost_order" if offer is Asked.LOST_CART else "accept_offer"), more
    usual = usual_and_more(said)
    return (use_for(usual.intent), usual.more) if usual is not None else None


def name_given(said: str, understood: intents.Understood, call: Call) -> ToolUse | None:
    """The answer to the question for a name; "no thanks" and "bye" are none, and a dish is an order."""
    if open_offer(call) is not Asked.NAME:
        return None
    name = name_in(said)
    if all(isinstance(intent, LIKE_NAMES) for intent in understood.intents):
        return _name_or_no(name, understood, said)
    if not all(isinstance(i, WISHES) for i in understood.intents):
        return None
    if any(_is_dish(name, intent) for intent in understood.intents):
        return None
    return ToolUse.of("save_name", name=name) if name else ToolUse.of("decline_offer")


def _name_or_no(name: str | None, understood: intents.Understood, said: str) -> ToolUse | None:
    """What sounds like a wish is a name where only a name was asked for."""
    if name is not None:
        return ToolUse.of("save_name", name=name) if is_answer_with_name(said, name) else None
    is_refusal = all(isinstance(intent, intents.NotInOrder) for intent in understood.intents)
    return ToolUse.of("decline_offer") if is_refusal else None


def gone_on(said: str, call: Call) -> ToolUse | None:
    """ "Go on", said to an offer, is a yes; anywhere else it asks for more dishes."""
    is_yes = open_offer(call) in MAY_BE_GONE_ON_WITH and is_going_on(said)
    return ToolUse.of("accept_offer") if is_yes else None


def _is_dish(name: str | None, intent: intents.Intent) -> bool:
    """ "Caesar" may be who calls; "Caesar Salad" and "a caesar" are something to eat."""
    if name is None or not isinstance(intent, intents.AddItems):
        return name is None and not isinstance(intent, intents.Unclear)
    dishes = [request.item_name.casefold() for request in intent.items]
    is_counted = any(request.quantity > 1 for request in intent.items)
    return is_counted or any(f" {dish} " in f" {name.casefold()} " for dish in dishes)


def steps_about_caller(intent: meant.AboutCaller, call: Call) -> list[ToolUse | str]:
    """Only the sentence before tells whether "cancel that" means an order that is placed."""
    match intent:
        case meant.CancelPlaced() if open_offer(call) is Asked.LOST_CART:
            return [ToolUse.of("decline_offer")]
        case meant.CancelPlaced(is_named=False) if not _spoke_of_placed_order(call):
            return [Sentence.CART_EMPTY.words()]
        case meant.ChangePlaced():
            takes_up = open_offer(call) is Asked.LOST_CART
            return [ToolUse.of("accept_offer") if takes_up else CallerSentence.PLACED_STAYS.words()]
        case _:
            return [use_for(intent)]


def _spoke_of_placed_order(call: Call) -> bool:
    unheard = call.known.unheard_order
    if open_offer(call) is Asked.NAME:
        return True
    if unheard is not None and words_for_progress(unheard, call.now) in call.last_said:
        return True
    return call.last_said.startswith("Your order ") or bool(
        call.order_number_said and call.last_said == call.order_number_said
    )


def use_for(intent: meant.AboutCaller) -> ToolUse:
    match intent:
        case meant.MyName(name):
            return ToolUse.of("save_name", name=name)
        case meant.Tastes(tags, cuisines):
            return ToolUse.of("save_preferences", dietary_tags=list(tags), favorite_cuisines=list(cuisines))
        case meant.Usual():
            return ToolUse.of("reorder", order="usual")
        case meant.SameAgain():
            return ToolUse.of("reorder", order="last")
        case _:
            return ToolUse.of(PLAIN[type(intent)])


PLAIN: Mapping[type, str] = {
    meant.History: "get_order_history",
    meant.OrderStatus: "get_order_status",
    meant.CancelPlaced: "cancel_order",
    meant.ForgetMe: "forget_me",
    meant.KeyInPin: "verify_pin",
}
