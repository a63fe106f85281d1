"""What the measurement counts as a turn that was cut, and as the wait at its end."""

from __future__ import annotations

import pytest

from bench.turn_taking import SILENCE_ENDS_S, Ending, Setting

JUDGED = Setting("judged", threshold=0.3, min_s=0.3, max_s=1.0)
SILENCE = Setting("silence", threshold=0.0, min_s=0.1, max_s=0.1)


@pytest.mark.parametrize(
    ("probability", "lasted_s", "is_cut"), [(0.5, 0.5, True), (0.1, 0.5, False), (0.1, 1.2, True), (0.5, None, False)]
)
def test_a_pause_is_cut_where_it_lasts_longer_than_the_wait(
    probability: float, lasted_s: float | None, is_cut: bool
) -> None:
    assert JUDGED.cuts(Ending(probability, lasted_s)) is is_cut


def test_the_wait_is_the_short_one_where_the_turn_seems_over() -> None:
    assert (JUDGED.delay(Ending(0.3, None)), JUDGED.delay(Ending(0.29, None))) == (0.3, 1.0)


def test_no_wait_is_shorter_than_the_silence_that_ends_speech() -> None:
    assert SILENCE.delay(Ending(0.9, None)) == SILENCE_ENDS_S
