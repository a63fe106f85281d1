from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from phone_agent.report.model import Utterance
from phone_agent.report.story import Story, answer, masked_number
from tests.builders import NOON
from tests.report.stories import ORDERED, a_story


def test_the_stages_of_an_answer_add_up_to_the_wait() -> None:
    story = a_story(wait=0.8)

    assert len(story.answers()) == 2
    for one in story.answers():
        assert sum(stage.seconds for stage in one.stages) == pytest.approx(one.seconds) == pytest.approx(0.8)


def test_the_parts_of_a_model_that_ran_ahead_add_up_too() -> None:
    asked = Utterance("caller", "a", 2.0, 1.0, 2.0, transcription=0.9, end_of_turn=0.3)
    given = Utterance("agent", "b", 4.0, 2.5, 4.0, model=0.4, speech=0.2)

    assert [(stage.name, stage.seconds) for stage in answer(asked, given, "").stages] == [
        ("transcript", 0.3), ("end of turn", 0.0), ("model", 0.2), ("tools and rest", 0.0), ("speech", 0.0),
    ]  # fmt: skip


def test_who_is_greeted_has_not_waited_for_an_answer() -> None:
    story = a_story()
    assert story.report is not None
    greeting = Utterance("agent", None, 1.5, 0.1, 1.5)
    greeted = replace(story.report, utterances=(greeting, *story.report.utterances))

    assert replace(story, report=greeted).answers() == story.answers()


def test_a_second_sentence_of_the_agent_is_no_second_answer() -> None:
    story = a_story([("check out", "That is $9.57.")])
    assert story.report is not None
    more = Utterance("agent", None, 20.0, 18.0, 20.0)

    assert len(replace(story, report=replace(story.report, utterances=(*story.report.utterances, more))).answers()) == 1


def test_what_follows_a_key_is_no_answer_to_the_words_before_it() -> None:
    story = a_story()
    pressed = replace(story.lines[-1], at=NOON + timedelta(seconds=4))

    assert [one.words for one in replace(story, lines=(*story.lines, pressed)).answers()] == ["check out"]


def test_everything_is_told_in_the_order_of_time() -> None:
    moments = a_story().moments()

    assert [moment.at for moment in moments] == sorted(moment.at for moment in moments)
    assert [moment.who for moment in moments] == [
        "caller", "event", "tool", "agent", "caller", "agent", "keypad", "event", "event",
    ]  # fmt: skip


def test_of_a_call_without_a_report_the_words_are_told() -> None:
    story = replace(a_story(), report=None)

    assert [moment.who for moment in story.moments()] == ["caller", "agent", "caller", "agent", "keypad"]
    assert (story.answers(), story.seconds) == ([], 26.0)


@pytest.mark.parametrize(
    ("number", "shown"), [("+14075550142", "••••••••0142"), (None, "withheld"), ("12", "12"), ("", "")]
)
def test_of_a_number_the_last_digits_are_shown(number: str | None, shown: str) -> None:
    assert masked_number(number) == shown


def test_a_call_that_runs_says_so() -> None:
    running = replace(ORDERED, outcome=None, reason=None, ended_at=None)

    assert Story(running, (), None).how_it_ended == "still running"
