"""What can be heard beside dishes means what it says, in every wording that the grammar draws."""

from __future__ import annotations

import pytest

from phone_agent.understanding.context import Context
from phone_agent.understanding.grammar import HEADER, grammar_for
from phone_agent.understanding.intents import AskDelivery, FindFood, Intent, Unclear, Understood
from phone_agent.understanding.parser import understand
from phone_agent.understanding.term_intents import (
    AskAddress,
    AskHours,
    DoNotRing,
    GiveTip,
    HandOver,
    RingWhenReady,
    TellAllergy,
)
from phone_agent.voice.offline.jsgf import Sentences
from tests.ordering.food_court import the_food_court
from tests.understanding.shorthand import written
from tests.understanding.situations import situation

DRAWN = 400
MEANT: dict[str, tuple[type[Intent], ...]] = {
    "<handed>": (HandOver,),
    "<picked_up> <when>": (HandOver,),
    "<when>": (HandOver,),
    "<asked_delivery>": (AskDelivery,),
    "<tip>": (GiveTip,),
    "<allergy>": (TellAllergy,),
    "<asked_place>": (AskHours, AskAddress),
    "<ring_me>": (RingWhenReady, DoNotRing),
}


def drawn(rule: str) -> list[str]:
    """Sentences of one rule, in the words that the recogniser writes."""
    rules = grammar_for(the_food_court()).removeprefix(HEADER)
    sentences = Sentences(f"{HEADER}public <only> = {rule};\n{rules}", seed=5)
    return sorted({" ".join(sentences.draw()) for _ in range(DRAWN)})


def unlike(rule: str, kinds: tuple[type[Intent], ...], context: Context) -> list[str]:
    found = {said: understand(said, context) for said in drawn(rule)}
    return [f"{said} -> {written(u.intents)}" for said, u in found.items() if not is_all(u, kinds)]


def is_all(understood: Understood, kinds: tuple[type[Intent], ...]) -> bool:
    return not understood.unmatched and len(understood.intents) == 1 and isinstance(understood.intents[0], kinds)


@pytest.mark.parametrize("rule", MEANT)
@pytest.mark.parametrize("where", ["empty", "cart"])
def test_what_can_be_heard_is_meant_as_it_is_said(rule: str, where: str) -> None:
    assert unlike(rule, MEANT[rule], situation(where)) == []


@pytest.mark.parametrize("rule", ["<handed>", "<when>", "<tip>", "<allergy>", "<asked_place>", "<ring_me>"])
def test_it_is_meant_so_in_a_read_back_too(rule: str) -> None:
    assert unlike(rule, MEANT[rule], situation("quote")) == []


@pytest.mark.parametrize(
    ("rule", "where", "kind"),
    [("<clock>", "time", HandOver), ("<dollar> dollars", "tip", GiveTip), ("<allergen>", "allergy", TellAllergy)],
)
def test_a_bare_answer_is_one_where_it_was_asked_for(rule: str, where: str, kind: type[Intent]) -> None:
    assert unlike(rule, (kind,), situation(where)) == []


def test_what_is_said_of_the_order_is_understood() -> None:
    found = {said: understand(said, situation("cart")) for said in drawn("<about_the_order>")}

    unclear = [said for said, u in found.items() if u.unmatched or {Unclear, FindFood} & {type(i) for i in u.intents}]
    assert unclear == []


def test_a_dish_may_be_said_with_its_handing_over() -> None:
    found = [understand(said, situation("empty")).intents for said in drawn("a caesar salad <beside_dishes>")]

    assert {written(intents[:1]) for intents in found} == {"add 1 Caesar Salad"}
    assert all(isinstance(intents[-1], HandOver) for intents in found)
