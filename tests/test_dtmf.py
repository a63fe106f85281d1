"""The keypad's table: every mode, every digit."""

from __future__ import annotations

import pytest

from phone_agent.dtmf import MENU_KEYS
from phone_agent.keypad.keys import MEANING, OTHERWISE, Action, Mode, stops_speech

DIGITS = "0123456789*#"


def meaning(mode: Mode, digit: str) -> Action:
    return MEANING[mode].get(digit, OTHERWISE[mode])


@pytest.mark.parametrize(
    ("mode", "unanswered"),
    [
        (Mode.TALK, ""),
        (Mode.READ_BACK, ""),
        (Mode.PLACED, "23456789"),
        (Mode.KEYPAD_MENU, ""),
        (Mode.HOW_MANY, ""),
        (Mode.CHECKING_OUT, DIGITS),
        (Mode.CODE_ENTRY, ""),
    ],
)
def test_a_mode_answers_every_digit_but_these(mode: Mode, unanswered: str) -> None:
    ignored = {digit for digit in DIGITS if meaning(mode, digit) is Action.IGNORE}

    assert ignored == set(unanswered)


def test_every_mode_has_its_digits() -> None:
    assert MEANING.keys() == OTHERWISE.keys() == set(Mode)


def test_every_action_stands_in_the_table() -> None:
    assert {meaning(mode, digit) for mode in Mode for digit in DIGITS} == set(Action)


def test_only_the_read_back_places() -> None:
    assert [mode for mode in Mode if Action.PLACE in MEANING[mode].values()] == [Mode.READ_BACK]


def test_only_code_entry_collects() -> None:
    assert [mode for mode in Mode if Action.COLLECT in MEANING[mode].values()] == [Mode.CODE_ENTRY]


def test_0_is_a_digit_in_code_entry_and_a_person_elsewhere() -> None:
    assert meaning(Mode.CODE_ENTRY, "0") is Action.COLLECT
    assert meaning(Mode.TALK, "0") is meaning(Mode.READ_BACK, "0") is Action.PERSON
    assert meaning(Mode.KEYPAD_MENU, "0") is meaning(Mode.HOW_MANY, "0") is Action.PERSON_IN_MENU


def test_only_star_cuts_the_sentence_with_the_order_number() -> None:
    cutting = {digit for digit in DIGITS if stops_speech(Mode.PLACED, meaning(Mode.PLACED, digit))}

    assert cutting == {"*"}


def test_every_digit_of_a_code_stops_the_speech() -> None:
    assert all(stops_speech(Mode.CODE_ENTRY, meaning(Mode.CODE_ENTRY, digit)) for digit in DIGITS)


def test_the_keypad_menu_has_the_keys_that_its_sentences_name() -> None:
    keys = {digit: meaning(Mode.KEYPAD_MENU, digit) for digit in "1234#*0"}

    assert keys == {
        "1": Action.TAKE,
        "2": Action.NEXT,
        "3": Action.OPTIONS,
        "4": Action.HOW_MANY,
        "#": Action.CHECK_OUT,
        "*": Action.SAME_AGAIN,
        "0": Action.PERSON_IN_MENU,
    }


def test_how_many_takes_one_digit_from_1_to_9() -> None:
    assert {digit for digit in DIGITS if meaning(Mode.HOW_MANY, digit) is Action.COUNT} == set("123456789")


def test_nothing_that_a_menu_key_does_is_done_elsewhere() -> None:
    in_menu = {meaning(mode, digit) for mode in (Mode.KEYPAD_MENU, Mode.HOW_MANY) for digit in DIGITS}

    assert in_menu - {Action.LANGUAGE} <= MENU_KEYS.keys()


def test_no_key_acts_while_the_order_is_being_frozen() -> None:
    assert {meaning(Mode.CHECKING_OUT, digit) for digit in DIGITS} == {Action.IGNORE}
