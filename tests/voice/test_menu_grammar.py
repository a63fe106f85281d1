"""The menu's own language in the recognizer, over a telephone."""

from __future__ import annotations

import pytest

from phone_agent.understanding.grammar import grammar_for
from phone_agent.understanding.parser import understand
from phone_agent.voice.offline.grammar import Grammar
from phone_agent.voice.offline.listener import Listener
from phone_agent.voice.offline.recognizer import Heard, Recognizer
from tests.ordering.food_court import the_food_court
from tests.understanding.situations import situation
from tests.voice.telephone import silence, spoken

pytestmark = pytest.mark.hearing

OFF_THE_MENU = (
    "my dog ran into the street this morning",
    "what is the capital of australia",
    "the meeting was moved to thursday afternoon",
    "there is a strange noise coming from the engine",
    "who won the football game last night",
    "please send the documents to my lawyer",
    "i have to renew my driving license",
    "turn left at the next traffic light",
    "the weather in chicago is terrible today",
    "could you water the flowers on sunday",
    "the quick brown fox jumps over the lazy dog",
    "your package will be delivered on monday",
)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(Grammar.spoken(grammar_for(the_food_court())))


def first_heard(recognizer: Recognizer, said: str, voice: str = "rms") -> Heard | None:
    """As the first utterance of a call: nothing is known of the line."""
    recognizer.forget_line()
    listener = Listener(recognizer)
    listener.hear(silence(0.3) + spoken(said, voice) + silence(0.3))
    listener.end_turn()
    while listener.work():
        pass
    (heard,) = listener.finals() or [None]
    listener.stop()
    return heard


@pytest.mark.parametrize("voice", ["rms", "kal16"])
@pytest.mark.parametrize(
    "said",
    [
        "i would like a veggie burger",
        "can i see it on my phone",
        "i would like three spring rolls",
        "i would like two grilled salmon",
        "i'll have two pad thai and a green curry",
        "i would like a quinoa bowl",
        "the strawberry one",
        "what appetizers do you have",
        "yes confirm order",
        "check out please",
        "show my cart",
        "for pickup at six thirty",
        "add a fifteen percent tip",
        "i'm allergic to peanuts",
    ],
)
def test_a_first_sentence_is_heard_with_its_meaning(recognizer: Recognizer, voice: str, said: str) -> None:
    heard = first_heard(recognizer, said, voice)

    assert heard is not None
    assert understand(heard.text, situation("shown")) == understand(said, situation("shown"))


def test_most_sentences_off_the_menu_are_refused(recognizer: Recognizer) -> None:
    """Not all: what is taken in anyway is read back before anything is ordered."""
    refused = [said for said in OFF_THE_MENU if first_heard(recognizer, said) is None]

    assert len(refused) >= 0.7 * len(OFF_THE_MENU), refused
