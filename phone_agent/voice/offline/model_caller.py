"""What the offline model does about what callers say of themselves, and about answers to what the agent asked them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from phone_agent.call import Call
from phone_agent.known import Asked
from phone_agent.ordering.sentences import Sentence
from phone_agent.understanding import about_caller as meant
from phone_agent.understanding import intents
from phone_agent.understanding.about_caller import is_going_on, name_in
from phone_agent.voice.offline.model_steps import ToolUse

QUESTIONS: Mapping[Asked, tuple[Sentence, ...]] = {
    Asked.LOST_CART: (Sentence.LOST_CART_OFFER,),
    Asked.USUAL: (Sentence.USUAL_OFFER,),
    Asked.LAST_ORDER: (Sentence.HISTORY, Sentence.HISTORY_TWO),
    Asked.NAME: (Sentence.NAME_WANTED,),
    Asked.REMEMBER: (Sentence.REMEMBER_OFFER,),
    Asked.TASTES: (Sentence.TASTES_OFFER,),
    Asked.FORGET: (Sentence.FORGET_OFFER,),
}
WISHES = (intents.AddItems, intents.Choose, intents.Unclear)
"""What a name may be mistaken for."""


def open_offer(call: Call) -> Asked | None:
    """What was asked in the agent's last words: an answer later than that is to something else."""
    asked = call.known.asking
    if asked is None or not any(_is_in(sentence, call.last_said) for sentence in QUESTIONS[asked]):
        return None
    return asked


def _is_in(sentence: Sentence, said: str) -> bool:
    return all(piece.strip() in said for piece in re.split(r"\{\w+\}", sentence.value))


def name_given(said: str, understood: intents.Understood, call: Call) -> ToolUse | None:
    """The answer to the question for a name; "no thanks" and "bye" are none, and a dish is an order."""
    if open_offer(call) is not Asked.NAME or not all(isinstance(i, WISHES) for i in understood.intents):
        return None
    name = name_in(said)
    if any(_is_dish(name, intent) for intent in understood.intents):
        return None
    return ToolUse.of("save_name", name=name) if name else ToolUse.of("decline_offer")


def gone_on(said: str, call: Call) -> ToolUse | None:
    """ "Go on", said to an offer, is a yes; anywhere else it asks for more dishes."""
    is_yes = open_offer(call) in (Asked.LOST_CART, Asked.USUAL, Asked.LAST_ORDER) and is_going_on(said)
    return ToolUse.of("accept_offer") if is_yes else None


def _is_dish(name: str | None, intent: intents.Intent) -> bool:
    """ "Caesar" may be who calls; "Caesar Salad" and "a caesar" are something to eat."""
    if name is None or not isinstance(intent, intents.AddItems):
        return name is None and not isinstance(intent, intents.Unclear)
    dishes = [request.item_name.casefold() for request in intent.items]
    is_counted = any(request.quantity > 1 for request in intent.items)
    return is_counted or any(f" {dish} " in f" {name.casefold()} " for dish in dishes)


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
