"""The sentences as such: their slots are known, they are short, and the domain says no other ones."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import phone_agent.ordering
from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.slots_of_sentences import SENTENCES, SLOTS

SOURCES = sorted(Path(phone_agent.ordering.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_slots_of_every_sentence_are_known(sentence: Said) -> None:
    assert sentence.slots <= SLOTS.keys()


def test_every_known_slot_is_used() -> None:
    assert set().union(*(sentence.slots for sentence in SENTENCES)) == SLOTS.keys()


def test_no_two_sentences_are_the_same() -> None:
    assert len(SENTENCES) == len({sentence.value for sentence in SENTENCES})


@pytest.mark.parametrize("sentence", SENTENCES)
def test_an_answer_is_at_most_two_sentences(sentence: Said) -> None:
    ends = re.findall(r"[.?!](?:\s|$)", sentence.value)

    assert sentence.value[-1] in ".?!"
    assert len(ends) <= 2


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words_fill_every_slot(sentence: Said) -> None:
    words = sentence.words(**dict.fromkeys(sentence.slots, "X"))

    assert "{" not in words
    assert words.count("X") >= len(sentence.slots)


def test_forgotten_slot_is_an_error_that_names_the_slots() -> None:
    with pytest.raises(TypeError, match=r"PRICE takes \['dish', 'price'\], not \['dish'\]"):
        Sentence.PRICE.words(dish="Pad Thai")


def test_slot_too_many_is_an_error() -> None:
    with pytest.raises(TypeError):
        Sentence.GOODBYE.words(dish="Pad Thai")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_an_error_that_callers_hear_is_never_a_literal(source: Path) -> None:
    raised = [node.exc for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Raise)]
    calls = [call for call in raised if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)]
    literals = [
        call.func.id
        for call in calls
        if isinstance(call.func, ast.Name) and any(isinstance(arg, ast.Constant | ast.JoinedStr) for arg in call.args)
    ]

    assert set(literals) <= {"ValueError", "TypeError"}
