"""The keypad's table: every mode, every digit."""

from __future__ import annotations

import pytest

from phone_agent.dtmf import MEANING, OTHERWISE, Action, Mode

DIGITS = "0123456789*#"


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_answers_every_digit(mode: Mode) -> None:
    assert all((MEANING[mode].get(digit) or OTHERWISE[mode]) in Action for digit in DIGITS)


def test_only_the_read_back_places() -> None:
    assert [mode for mode in Mode if Action.PLACE in MEANING[mode].values()] == [Mode.READ_BACK]


def test_only_code_entry_collects() -> None:
    assert [mode for mode in Mode if Action.COLLECT in MEANING[mode].values()] == [Mode.CODE_ENTRY]


def test_0_is_a_digit_in_code_entry_and_a_person_elsewhere() -> None:
    assert MEANING[Mode.CODE_ENTRY]["0"] is Action.COLLECT
    assert MEANING[Mode.TALK]["0"] is MEANING[Mode.READ_BACK]["0"] is Action.PERSON


def test_only_star_cuts_the_sentence_with_the_order_number() -> None:
    cutting = {digit for digit in DIGITS if MEANING[Mode.PLACED].get(digit, OTHERWISE[Mode.PLACED]) is Action.REPEAT}

    assert cutting == {"*"}
