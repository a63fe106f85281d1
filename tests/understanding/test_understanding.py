"""Utterances in their situations, and what they must mean; the tables stand in text files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phone_agent.understanding.answer import answer_in
from phone_agent.understanding.grammar import grammar_for, words_of
from phone_agent.understanding.intents import Unclear
from phone_agent.understanding.parser import understand
from phone_agent.understanding.repair import common_words
from phone_agent.understanding.tokens import words_in
from tests.ordering.food_court import the_food_court
from tests.understanding.sentences_from import Sentences
from tests.understanding.shorthand import written
from tests.understanding.situations import ASKED, situation

HERE = Path(__file__).parent
SITUATIONS = ("empty", "cart", "shown", "one", "quote", "which", "spice", *ASKED)


def rows(name: str) -> list[tuple[str, str, str]]:
    return list(_rows(name))


def _rows(name: str) -> Iterator[tuple[str, str, str]]:
    where = ""
    for row in (HERE / name).read_text(encoding="utf-8").splitlines():
        if row.startswith("# "):
            where = row[2:]
        elif row:
            utterance, meaning = row.split(" -> ")
            yield where, utterance, meaning


@pytest.mark.parametrize(("where", "utterance", "meaning"), rows("sentences.txt"))
def test_a_sentence_means_what_the_table_says(where: str, utterance: str, meaning: str) -> None:
    understood = understand(utterance, situation(where))

    assert written(understood.intents) == meaning


@pytest.mark.parametrize(("where", "utterance", "meaning"), rows("odd_sentences.txt"))
def test_an_odd_phrasing_is_understood_too(where: str, utterance: str, meaning: str) -> None:
    understood = understand(utterance, situation(where))

    assert written(understood.intents) == meaning


@pytest.mark.parametrize(("where", "utterance", "meaning"), rows("terms.txt"))
def test_what_is_asked_for_beside_dishes_is_understood(where: str, utterance: str, meaning: str) -> None:
    understood = understand(utterance, situation(where))

    assert written(understood.intents) == meaning


@pytest.mark.parametrize(("where", "utterance", "meaning"), rows("sentences.txt"))
def test_spoken_words_mean_the_same_as_typed_ones(where: str, utterance: str, meaning: str) -> None:
    spoken = " ".join(words_in(utterance)).replace("i would", "i'd").upper()
    understood = understand(spoken, situation(where))

    assert written(understood.intents) == meaning


@pytest.mark.parametrize("seed", range(4))
def test_the_grammar_allows_only_what_is_understood(seed: int) -> None:
    sentences = Sentences(grammar_for(the_food_court()), seed)
    said = [sentences.draw() for _ in range(100)]
    found = {sentence: understand(sentence, situation("shown")) for sentence in said}
    lost = [sentence for sentence, u in found.items() if u.unmatched or Unclear() in u.intents]

    # With nothing ordered, a change of the order ("make it two") has nothing to be about; unasked, "shellfish" neither.
    assert [s for s in lost if not understood_later(s)] == []


def understood_later(sentence: str) -> bool:
    return any(Unclear() not in understand(sentence, situation(where)).intents for where in ("cart", *ASKED))


def test_the_grammar_hears_every_dish_of_the_menu() -> None:
    heard = words_of(grammar_for(the_food_court()))

    assert {word for item in the_food_court().items for word in item.name.lower().split()} <= heard


@given(st.text(max_size=200), st.sampled_from(SITUATIONS))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_understanding(text: str, where: str) -> None:
    understood = understand(text, situation(where))

    assert understood.intents


@given(st.lists(st.sampled_from(sorted(common_words())), max_size=12), st.sampled_from(SITUATIONS))
@settings(max_examples=300, deadline=None)
def test_no_order_of_known_words_breaks_the_understanding(words: list[str], where: str) -> None:
    understood = understand(" ".join(words), situation(where))

    assert understood.intents


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Yes, confirm order", "yes"),
        ("yes checkout", "yes"),
        ("uh yes please, thank you", "yes"),
        ("no", "no"),
        ("wait, no", "no"),
        ("yes, no, wait", "no"),
        ("no, I want to change it", "no"),
        ("cancel", "no"),
        ("cancel my order", "no"),
        ("start over", "no"),
        ("remove it", "no"),
        ("yes cancel it", "no"),
        ("stop", "no"),
        ("remove the salad", None),
        ("yes and", None),
        ("yes but", None),
        ("yes, um", None),
        ("yes well", None),
        ("maybe yes", None),
        ("and yes", "yes"),
        ("no more", None),
        ("that's it", None),
        ("take it", None),
        ("keep it", None),
        ("press one", None),
        ("yes but add a salad", None),
        ("checkout", None),
        ("okay", None),
        ("right", None),
        ("one", None),
        ("(unclear)", None),
        ("", None),
    ],
)
def test_only_a_clear_answer_confirms_an_order(said: str, answer: str | None) -> None:
    assert answer_in(said) == answer
