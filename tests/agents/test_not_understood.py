"""Which turns count as not understood, from the conversation alone."""

from __future__ import annotations

from contextvars import copy_context

import pytest
from livekit.agents import llm

from phone_agent.agents.not_understood import is_not_understood, not_understood_in_a_row
from phone_agent.languages import load_language
from phone_agent.ordering.language import Tongue, adopt
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence

MISSED = Sentence.UNCLEAR.words()
AGAIN = Sentence.UNCLEAR_AGAIN.words()
ADDED = "Added 1 Caesar Salad. Anything else?"


def talked(*turns: tuple[str, ...]) -> llm.ChatContext:
    """The agent's answers to each turn of the caller's, the last turn still without one."""
    context = llm.ChatContext.empty()
    context.add_message(role="assistant", content="Hi, what would you like?")
    for answers in (*turns, ()):
        context.add_message(role="user", content="mumble")
        for answer in answers:
            context.add_message(role="assistant", content=answer)
    return context


@pytest.mark.parametrize(
    ("turns", "count"),
    [
        ((), 0),
        (((MISSED,), (AGAIN,)), 2),
        (((MISSED,), (ADDED,)), 0),
        (((MISSED,), (ADDED,), (AGAIN,)), 1),
        (((MISSED,), (), (AGAIN,)), 2),
        (((MISSED, "Are you still there?"), (AGAIN,)), 2),
        (((MISSED,), (AGAIN,), (Sentence.KEYPAD_ON.words(),), (MISSED,)), 1),
    ],
)
def test_only_turns_in_a_row_that_were_not_understood_count(turns: tuple[tuple[str, ...], ...], count: int) -> None:
    assert not_understood_in_a_row(talked(*turns)) == count


def test_an_answer_that_was_broken_off_is_known_by_its_beginning() -> None:
    assert is_not_understood(MISSED[:20])
    assert not is_not_understood(ADDED)
    assert not is_not_understood("")


def test_an_open_offer_is_known_in_the_callers_language() -> None:
    tongue = Tongue()
    tongue.speak(load_language("es"), {})
    spanish = copy_context()
    spanish.run(adopt, tongue)
    offer = spanish.run(CallerSentence.USUAL_OFFER.words, dish_names="Pad Thai")

    assert spanish.run(is_not_understood, offer)
    assert not is_not_understood(offer)
