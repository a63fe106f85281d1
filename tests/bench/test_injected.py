"""What of a turn was the providers', and what our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.calling import Turn
from bench.hosted_lines import CONVERSATIONS, all_lines, turns_of, voice_of
from bench.hosted_results import Measured, call_of, measure, own_parts
from bench.hosted_rounds import Conversation
from bench.injected import HEARING, MODEL, SPEECH, Given, owed, process_of
from bench.split import Line

OFFSET = 1_000_000.0
OURS, OTHERS = 7, 8
TURN = Turn("+14075560001", finished=10.0, answered=11.3)


def given(part: str, asked: float, delay: float, *, process: int = OURS, step: int = 0) -> Given:
    return Given(part, process, OFFSET + asked, OFFSET + asked + delay, delay, step)


HEARD = given(HEARING, 10.1, 0.25)
THOUGHT = given(MODEL, 10.4, 0.5)
SPOKEN = given(SPEECH, 10.95, 0.2)


def test_all_three_parts_of_a_turn_are_added_up() -> None:
    due = owed(TURN, [HEARD, THOUGHT, SPOKEN], OFFSET)

    assert due is not None
    assert (due.hearing, due.model, due.speech) == pytest.approx((0.25, 0.5, 0.2))
    assert not due.is_by_code


def test_a_turn_without_a_model_is_codes() -> None:
    due = owed(TURN, [HEARD, SPOKEN], OFFSET)

    assert due is not None
    assert due.is_by_code
    assert due.total == pytest.approx(0.45)


def test_of_the_same_question_asked_twice_only_the_last_was_waited_for() -> None:
    thrown_away = given(MODEL, 10.36, 0.3)

    due = owed(TURN, [HEARD, thrown_away, THOUGHT, SPOKEN], OFFSET)

    assert due is not None
    assert due.model == pytest.approx(0.5)
    assert due.requests == 2


def test_a_question_after_a_tool_is_waited_for_as_well() -> None:
    after_a_tool = given(MODEL, 10.7, 0.2, step=1)

    due = owed(TURN, [HEARD, given(MODEL, 10.4, 0.25), after_a_tool, SPOKEN], OFFSET)

    assert due is not None
    assert due.model == pytest.approx(0.45)


def test_a_model_that_was_bridged_was_waited_for_until_then() -> None:
    slow = given(MODEL, 10.4, 2.0)

    due = owed(TURN, [HEARD, slow, SPOKEN], OFFSET)

    assert due is not None
    assert due.model == pytest.approx(0.55)


def test_what_comes_after_the_first_sound_is_no_part_of_the_gap() -> None:
    later = [given(SPEECH, 11.0, 0.3), given(MODEL, 11.2, 0.5, step=1)]

    assert owed(TURN, [HEARD, THOUGHT, SPOKEN, *later], OFFSET) == owed(TURN, [HEARD, THOUGHT, SPOKEN], OFFSET)


def test_a_turn_that_nobody_heard_owes_nothing_that_could_be_told() -> None:
    assert owed(TURN, [THOUGHT, SPOKEN], OFFSET) is None
    assert owed(replace(TURN, answered=None), [HEARD, THOUGHT, SPOKEN], OFFSET) is None


def test_an_answer_that_never_came_is_after_everything() -> None:
    row = {"part": MODEL, "process": OURS, "asked_at": OFFSET + 10.4, "first_at": None, "delay_s": 3.0, "step": 0}

    due = owed(TURN, [HEARD, Given.of(row), SPOKEN], OFFSET)

    assert due is not None
    assert due.model == pytest.approx(0.55)


def test_a_calls_process_is_the_one_that_heard_its_turns_end() -> None:
    turns = [TURN, Turn("+14075560001", finished=20.0, answered=21.0)]
    heard = [
        given(HEARING, 10.1, 0.2, process=OTHERS),
        given(HEARING, 10.1, 0.2),
        given(HEARING, 20.1, 0.2),
        given(HEARING, 15.0, 0.2, process=OTHERS),
    ]

    assert process_of(turns, heard, OFFSET) == OURS
    assert process_of(turns, [], OFFSET) is None


LINES: list[Line] = [
    {"call": "a", "role": "user", "stopped_speaking_at": OFFSET + 10.2, "end_of_turn_delay": 0.3},
    {"call": "a", "role": "assistant", "started_speaking_at": OFFSET + 11.15, "tts_node_ttfb": 0.21},
    {"call": "b", "role": "user", "stopped_speaking_at": OFFSET + 14.0, "end_of_turn_delay": 0.3},
]


def test_the_own_parts_of_a_turn_add_up_to_its_own_cost() -> None:
    others = [replace(one, process=OTHERS, delay_s=9.0) for one in (THOUGHT, SPOKEN)]
    found = measure(Conversation([TURN], ["hi"]), LINES, [HEARD, THOUGHT, SPOKEN, *others], OFFSET)

    (one,) = found
    assert one.own == pytest.approx(1.3 - 0.95)
    assert sum(seconds[0] for seconds in own_parts(found).values()) == pytest.approx(one.own)


def test_a_turn_answered_early_has_no_gap() -> None:
    early = replace(TURN, is_early=True)

    assert measure(Conversation([early], ["hi"]), LINES, [HEARD, THOUGHT, SPOKEN], OFFSET) == []


def test_a_calls_lines_are_those_that_end_with_its_turns() -> None:
    assert call_of([TURN], LINES, OFFSET) == "a"
    assert call_of([replace(TURN, finished=14.1)], LINES, OFFSET) == "b"


def test_a_turn_without_lines_still_has_a_gap() -> None:
    (one,) = measure(Conversation([TURN], ["hi"]), [], [HEARD, THOUGHT, SPOKEN], OFFSET)

    assert isinstance(one, Measured)
    assert one.split is None
    assert own_parts([one]) == {}


def test_each_conversation_is_heard_in_each_voice() -> None:
    heard = {(tuple(turns_of(call, 10)), voice_of(call)) for call in range(2 * len(CONVERSATIONS))}

    assert len(heard) == 2 * len(CONVERSATIONS)
    assert set(turns_of(0, 25)) <= set(all_lines())


def test_a_sentence_that_was_kept_owes_no_voice_and_the_model_as_long_as_it_was_waited_for() -> None:
    of_code, of_a_model = owed(TURN, [HEARD], OFFSET), owed(TURN, [HEARD, THOUGHT], OFFSET)

    assert of_code is not None
    assert of_a_model is not None
    assert (of_code.hearing, of_code.model, of_code.speech) == pytest.approx((0.25, 0.0, 0.0))
    assert (of_a_model.model, of_a_model.speech) == pytest.approx((0.5, 0.0))


def test_the_second_sentences_sound_that_comes_while_the_first_is_on_its_way_was_not_waited_for() -> None:
    second = given(SPEECH, 11.0, 0.2)

    due = owed(TURN, [HEARD, second], OFFSET, to_phone=0.15)

    assert due is not None
    assert due.speech == 0.0
