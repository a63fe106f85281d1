from __future__ import annotations

from pathlib import Path

import pytest

from bench.calling import Turn
from bench.split import Line, read_log, split_turn

OFFSET = 1_000_000.0
ASKED: Line = {
    "role": "user",
    "stopped_speaking_at": OFFSET + 10.1,
    "transcription_delay": 0.3,
    "end_of_turn_delay": 0.4,
}
ANSWERED: Line = {"role": "assistant", "started_speaking_at": OFFSET + 10.6, "tts_node_ttfb": 0.03}
TURN = Turn("+14075560001", finished=10.0, answered=10.7)


def test_the_parts_of_a_turn_add_up_to_the_turn() -> None:
    split = split_turn(TURN, [ASKED, ANSWERED], OFFSET)

    assert split is not None
    assert split.recognition + split.understanding + split.speech + split.media == pytest.approx(0.7)
    assert split.to_agent + split.to_phone == pytest.approx(split.media)


def test_each_part_is_told_from_the_others() -> None:
    split = split_turn(TURN, [ASKED, ANSWERED], OFFSET)

    assert split is not None
    parts = (split.recognition, split.understanding, split.speech, split.media, split.to_agent, split.to_phone)
    assert parts == pytest.approx((0.4, 0.07, 0.03, 0.2, 0.1, 0.1), abs=1e-6)


def test_an_earlier_answer_is_not_taken_for_this_one() -> None:
    earlier: Line = {"role": "assistant", "started_speaking_at": OFFSET + 8.0, "tts_node_ttfb": 0.5}
    later: Line = {"role": "assistant", "started_speaking_at": OFFSET + 10.65, "tts_node_ttfb": 0.5}

    split = split_turn(TURN, [earlier, ASKED, ANSWERED, later], OFFSET)

    assert split is not None
    assert split.speech == 0.03


def test_a_turn_that_the_agent_did_not_take_down_has_no_parts() -> None:
    far: Line = {**ASKED, "stopped_speaking_at": OFFSET + 20.0}

    assert split_turn(TURN, [far, ANSWERED], OFFSET) is None
    assert split_turn(TURN, [ASKED], OFFSET) is None


def test_a_turn_without_an_answer_has_no_parts() -> None:
    assert split_turn(Turn("+14075560001", 10.0, None), [ASKED, ANSWERED], OFFSET) is None
    assert split_turn(Turn("+14075560001", 10.0, 10.7, is_early=True), [ASKED, ANSWERED], OFFSET) is None


def test_a_log_that_was_never_written_is_empty(tmp_path: Path) -> None:
    assert read_log(tmp_path / "turns.jsonl") == []
