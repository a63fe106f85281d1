"""Answers to a read-back: a yes is heard, and nothing else is taken for one."""

from __future__ import annotations

import numpy as np
import pytest

from phone_agent.understanding.answer import answer_in
from phone_agent.understanding.grammar import grammar_for
from phone_agent.voice.offline.grammar import Grammar
from phone_agent.voice.offline.listener import Listener
from phone_agent.voice.offline.recognizer import Recognizer
from tests.ordering.food_court import the_food_court
from tests.voice.telephone import RATE, hiss, silence, spoken

pytestmark = pytest.mark.hearing

NEARLY = (
    "less",
    "guess who called me",
    "bless you",
    "chess is fun",
    "what a mess",
    "yesterday it rained",
    "just a test",
    "they confirmed the story",
)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    menu = the_food_court()
    return Recognizer(Grammar.spoken(grammar_for(menu), grammar_for(menu, is_read_back=True)))


def answered(recognizer: Recognizer, pcm: bytes) -> str:
    recognizer.forget_line()
    listener = Listener(recognizer)
    listener.expect_answer(True)
    listener.hear(silence(0.4) + pcm + silence(0.4))
    listener.end_turn()
    while listener.work():
        pass
    heard = listener.finals()
    listener.stop()
    return " ".join(one.text for one in heard if one)


@pytest.mark.parametrize("voice", ["rms", "kal16"])
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("yes", "yes"),
        ("yes please", "yes"),
        ("that's right", "yes"),
        ("yes confirm order", "yes"),
        ("no", "no"),
        ("no thank you", "no"),
        ("no i want to change it", "no"),
    ],
)
def test_a_lone_answer_is_heard(recognizer: Recognizer, voice: str, said: str, answer: str) -> None:
    assert answer_in(answered(recognizer, spoken(said, voice))) == answer


@pytest.mark.parametrize("voice", ["rms", "kal16", "awb"])
@pytest.mark.parametrize("said", NEARLY)
def test_what_sounds_like_a_yes_is_none(recognizer: Recognizer, voice: str, said: str) -> None:
    assert answer_in(answered(recognizer, spoken(said, voice))) != "yes"


@pytest.mark.parametrize("noise_db", [-50.0, -35.0, -25.0, -15.0])
def test_line_noise_is_no_yes(recognizer: Recognizer, noise_db: float) -> None:
    assert answered(recognizer, hiss(1.5, noise_db)) == ""


@pytest.mark.parametrize("hertz", [350, 440, 697, 1209])
def test_a_tone_is_no_yes(recognizer: Recognizer, hertz: int) -> None:
    tone = (6000 * np.sin(2 * np.pi * hertz * np.arange(RATE // 2) / RATE)).astype(np.int16).tobytes()

    assert answer_in(answered(recognizer, tone)) is None


def test_a_wish_is_still_heard_while_an_answer_is_awaited(recognizer: Recognizer) -> None:
    assert answered(recognizer, spoken("remove the grilled salmon")) == "remove the grilled salmon"
