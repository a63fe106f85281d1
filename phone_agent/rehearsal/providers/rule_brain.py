"""A brain by rules: it does with the tools what a sensible model would, and knows no more than the request says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from phone_agent.ordering.menu import Menu, MenuItem
from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.ordering.wording import Sentence
from phone_agent.understanding import intents as meant
from phone_agent.understanding import term_intents as terms
from phone_agent.understanding.context import Context
from phone_agent.understanding.parser import understand
from phone_agent.voice.offline.model_history import ANYTHING_ELSE, words_for_outputs

from .brain import Message, Reply, ToolCall, last_user_message, results_since, text_of

_ALL = "all"
_ADD = "quick_add_to_cart"
Step = ToolCall | str


class RuleBrain:
    """One tool call at a time; what a tool asks back is asked of the caller before anything else is done.

    It adds dishes with their options, answers a question about one, looks things up, views the cart, checks out, tells
    the kitchen of an allergy and ends the call. It changes no line that is in the cart: the request does not show them.
    """

    def __init__(self, menu: Menu) -> None:
        self._context = Context(menu)

    def reply(self, messages: Sequence[Message], tools: Sequence[str]) -> Reply:
        results = results_since(messages)
        if results and (not tools or _asks_back(results[-1])):
            return Reply(words_for_outputs(results))
        said = last_user_message(messages)
        if not said:
            return Reply(Sentence.OKAY_WHAT.words())
        steps = self._steps(said, messages)
        calls = [step for step in steps if isinstance(step, ToolCall) and step.name in tools]
        done = len(_calls_since_user(messages))
        if done < len(calls):
            return Reply(calls=(calls[done],))
        if calls or results:
            return Reply(words_for_outputs(results))
        return Reply(" ".join(step for step in steps if isinstance(step, str)) or Sentence.UNCLEAR.words())

    def _steps(self, said: str, messages: Sequence[Message]) -> list[Step]:
        answered = self._answer(said, messages)
        if answered is not None:
            return [answered]
        intents = understand(said, self._context).intents
        if any(isinstance(intent, meant.Decline) for intent in intents) and _last_said(messages).endswith(
            ANYTHING_ELSE
        ):
            return [ToolCall("quick_checkout")]
        return [step for intent in intents for step in _STEPS.get(type(intent), _say_nothing)(intent)]

    def _answer(self, said: str, messages: Sequence[Message]) -> ToolCall | None:
        """The dish that a tool asked about, once more, with the option that was named now."""
        earlier = _last_call(messages)
        if earlier is None or earlier["name"] != _ADD or not _asks_back(_last_said(messages)):
            return None
        arguments = json.loads(earlier["arguments"])
        if not arguments["items"]:
            return None
        item = arguments["items"][-1]
        labels = [label for dish in self._dishes(item["item_name"]) for label in _labels_in(said, dish)]
        if not labels:
            return None
        options = [*item["options"], *(_option(OptionRequest(label)) for label in labels)]
        return ToolCall.of(_ADD, **{**arguments, "items": [{**item, "options": options}]})

    def _dishes(self, name: str) -> list[MenuItem]:
        return [item for item in self._context.menu.items if item.name == name]


def _labels_in(said: str, dish: MenuItem) -> list[str]:
    offered = [modifier for group in dish.option_groups for modifier in group.offered]
    return [one.label for one in offered if any(name.lower() in said.lower() for name in (one.label, *one.aliases))]


def _asks_back(result: str) -> bool:
    return result.rstrip().endswith("?") and not result.rstrip().endswith(ANYTHING_ELSE)


def _last_said(messages: Sequence[Message]) -> str:
    said = (text_of(message) for message in reversed(messages) if message["role"] == "assistant")
    return next(filter(None, said), "")


def _calls_since_user(messages: Sequence[Message]) -> list[Mapping[str, Any]]:
    calls: list[Mapping[str, Any]] = []
    for message in reversed(messages):
        if message["role"] == "user":
            break
        calls = [*(call["function"] for call in message.get("tool_calls") or ()), *calls]
    return calls


def _last_call(messages: Sequence[Message]) -> Mapping[str, Any] | None:
    """Of the turn before this one."""
    calls = (call["function"] for message in reversed(messages) for call in reversed(message.get("tool_calls") or ()))
    return None if _calls_since_user(messages) else next(calls, None)


def _add(intent: meant.AddItems) -> list[Step]:
    places = dict.fromkeys(request.restaurant_name for request in intent.items)
    return [
        ToolCall.of(
            _ADD,
            items=[_item(request) for request in intent.items if request.restaurant_name == place],
            restaurant_name=place,
        )
        for place in places
    ]


def _item(request: ItemRequest) -> dict[str, Any]:
    """With every field, as strict mode makes a model give them."""
    return {
        "item_name": request.item_name,
        "quantity": request.quantity,
        "options": [_option(option) for option in request.options],
        "note": request.note,
        "other_half": request.other_half or None,
    }


def _option(option: OptionRequest) -> dict[str, Any]:
    return {"name": option.name, "amount": option.amount, "count": option.count, "half": option.half}


def _show(intent: meant.ShowMenu) -> list[Step]:
    return [ToolCall.of("get_restaurant_menu", restaurant=intent.restaurant or _ALL, section=intent.section or _ALL)]


def _restaurants(intent: meant.FindRestaurants) -> list[Step]:
    if not intent.cuisine:
        return _show(meant.ShowMenu())
    return [ToolCall.of("find_restaurants_by_type", cuisine_type=intent.cuisine)]


def _use(name: str) -> Callable[[Any], list[Step]]:
    return lambda intent: [ToolCall(name)]


def _say(sentence: Sentence) -> Callable[[Any], list[Step]]:
    return lambda intent: [sentence.words()]


def _say_nothing(intent: object) -> list[Step]:
    return []


_STEPS: dict[type, Callable[[Any], list[Step]]] = {
    meant.AddItems: _add,
    meant.FindFood: lambda intent: [ToolCall.of("find_food_item", query=intent.query)],
    meant.FindRestaurants: _restaurants,
    meant.ShowMenu: _show,
    meant.More: lambda intent: _show(meant.ShowMenu()),
    meant.Help: lambda intent: _show(meant.ShowMenu()),
    meant.AskPrice: lambda intent: [ToolCall.of("find_food_item", query=intent.dish)],
    meant.AskDiet: lambda intent: [
        ToolCall.of("find_food_item", query=" ".join(filter(None, (intent.dish, intent.tag))))
    ],
    terms.TellAllergy: lambda intent: [ToolCall.of("add_note", kind="allergy", text=intent.words)],
    terms.TellKitchen: lambda intent: [ToolCall.of("add_note", kind="order", text=intent.words)],
    meant.ViewCart: _use("quick_view_cart"),
    meant.Checkout: _use("quick_checkout"),
    meant.Profile: _use("get_user_profile"),
    meant.Repeat: _use("repeat"),
    meant.Person: _use("call_a_person"),
    meant.SecondScreen: _use("open_second_screen"),
    meant.Goodbye: _use("end_call"),
    meant.AskAutomated: _say(Sentence.AUTOMATED),
    meant.Thanks: _say(Sentence.WELCOME),
    meant.Greeting: _say(Sentence.HELLO_AGAIN),
    meant.Confirm: _say(Sentence.OKAY_WHAT),
    meant.Decline: _say(Sentence.OKAY_CHECK_OUT),
}
