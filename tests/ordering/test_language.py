"""What a call in another language says: every sentence, the menu's names, lines, lists, times and money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from phone_agent.languages import known_codes, load_language
from phone_agent.ordering.cart import ChosenModifier, LineItem
from phone_agent.ordering.language import ENGLISH, Tongue, adopt, called, in_words
from phone_agent.ordering.lists import both, either
from phone_agent.ordering.menu import Modifier, OptionGroup
from phone_agent.ordering.order import order_line
from phone_agent.ordering.said import Said, slots_in
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.slots_of_sentences import SENTENCES
from phone_agent.ordering.wording_lines import words_for_line
from phone_agent.ordering.wording_times import words_for_day, words_for_time
from tests.builders import a_menu, item_named

ABROAD = [code for code in known_codes() if code != ENGLISH.code]
NAMES = {"Caesar Salad": "Ensalada César", "croutons": "crutones", "espresso shot": "espreso"}


@pytest.fixture
def spanish() -> Iterator[Tongue]:
    tongue = Tongue()
    tongue.speak(load_language("es"), NAMES)
    adopt(tongue)
    yield tongue
    adopt(Tongue())


def test_there_is_a_language_beside_english() -> None:
    assert known_codes()[:2] == ("en", "es")


@pytest.mark.parametrize("code", ABROAD)
def test_a_language_has_every_sentence_and_no_other(code: str) -> None:
    language = load_language(code)

    assert {sentence.name for sentence in SENTENCES} == set(language.sentences)


@pytest.mark.parametrize("code", ABROAD)
@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: str(sentence.name))
def test_a_translation_has_the_slots_of_its_sentence(code: str, sentence: Said) -> None:
    assert slots_in(load_language(code).sentences[sentence.name]) == sentence.slots


@pytest.mark.parametrize("code", ABROAD)
def test_a_phrase_has_the_slots_of_the_english_one(code: str) -> None:
    wrong = {en for en, other in load_language(code).phrases.items() if slots_in(en) != slots_in(other)}

    assert not wrong


@pytest.mark.parametrize("code", ABROAD)
def test_every_phrase_in_the_code_is_translated(code: str) -> None:
    from_code = {
        "{these} and {last}", "{these}, and {last}", "{these} or {last}", "{these}, or {last}", "{dish} for {price}",
        "{dish} from {restaurant}", "{money} off", "{money} delivery", "{money} tip", "{money} tax", "{time} AM",
        "{time} PM", "today", "tomorrow", "on {weekday}", "in {days} days", "half {topping}", " with {extras}",
        "no {topping}", "without {topping}", "light {topping}", "extra {topping}", "double {topping}", "{size} {dish}",
    }  # fmt: skip

    assert from_code <= set(load_language(code).phrases)


def test_names_of_two_sentences_differ() -> None:
    names = [sentence.name for sentence in SENTENCES]

    assert len(names) == len(set(names))


def test_outside_of_calls_everything_is_english() -> None:
    assert Sentence.OKAY_WHAT.words() == "Okay. What would you like?"
    assert called("Caesar Salad") == "Caesar Salad"


def test_a_sentence_names_a_dish_as_the_caller_knows_it(spanish: Tongue) -> None:
    assert Sentence.REMOVED.words(dish="Caesar Salad") == "Quité Ensalada César. ¿Algo más?"


def test_the_language_is_that_of_the_call_and_of_no_other(spanish: Tongue) -> None:
    other = copy_context()
    other.run(adopt, Tongue())

    assert other.run(Sentence.OKAY_WHAT.words) == "Okay. What would you like?"
    assert Sentence.OKAY_WHAT.words() == "De acuerdo. ¿Qué le gustaría?"


def test_a_line_is_put_anew_in_the_callers_language(spanish: Tongue) -> None:
    item = item_named(a_menu(), "Caesar Salad")
    group = OptionGroup(
        "g", "g", "extras", (Modifier("m", "m", "croutons"), Modifier("n", "n", "espresso shot", most=3))
    )
    without, twice = ChosenModifier("g", group.modifiers[0], "no"), ChosenModifier("g", group.modifiers[1], count=2)
    salad = LineItem("line", replace(item, option_groups=(group,)), 2, (without, twice))

    assert words_for_line(order_line(salad)) == "2 Ensalada César con sin crutones y 2 espreso"
    assert order_line(salad).name == "Caesar Salad"


def test_lists_times_and_days_are_said_in_it(spanish: Tongue) -> None:
    now = datetime(2026, 11, 20, 17, tzinfo=UTC)

    assert both(["uno", "dos", "tres"]) == "uno, dos y tres"
    assert either(["uno", "dos"]) == "uno o dos"
    assert words_for_time(now, "UTC") == "5:00 de la tarde"
    assert words_for_day(now.replace(day=23), now, "UTC") == "el lunes"


def test_one_minute_is_one(spanish: Tongue) -> None:
    assert re.search(r"en un minuto\.$", Sentence.READY_IN.words(minutes="1"))


def test_what_a_language_lacks_is_said_in_english(spanish: Tongue) -> None:
    assert in_words("{size} soup of the moon", size="large") == "large soup of the moon"
