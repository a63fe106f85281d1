from __future__ import annotations

import pytest

from bench.machine import Load, percent_of_core
from bench.rounds import TURNS_OF_A_CALL, shares
from bench.rtp import rate_of
from bench.understood import percent_heard


def test_time_on_the_processor_is_shared_among_the_calls() -> None:
    before = Load(100.0, {("job", 1): 5.0, ("job", 2): 5.0, ("livekit-sip", 9): 50.0})
    after = Load(110.0, {("job", 1): 6.0, ("job", 2): 6.0, ("livekit-sip", 9): 50.4})

    found = percent_of_core(before, after, calls=2)

    assert found == pytest.approx({"job": 10.0, "livekit-sip": 2.0, "livekit-server": 0.0, "worker": 0.0})


def test_a_process_that_is_new_counts_whole_and_a_gone_one_not() -> None:
    found = percent_of_core(Load(0.0, {("worker", 1): 7.0}), Load(10.0, {("worker", 2): 1.0}), calls=1)

    assert found["worker"] == pytest.approx(10.0)


def test_g711_both_ways_takes_160_kbit_a_second() -> None:
    log = "[0:00:01] audio=0/0 (bit/s)\r[0:00:02] audio=64000/64000 (bit/s)\r[0:00:03] audio=64000/63851 (bit/s)"

    assert rate_of(log) == [pytest.approx(160.0, abs=0.1)]
    assert rate_of("no call at all") == []


def test_one_wrong_word_of_five_is_80_percent_heard() -> None:
    found = percent_heard(["Your cart is empty.", "Yes?"], ["your car is empty", "yes"])

    assert found == pytest.approx(80.0)


def test_words_are_compared_as_they_are_spoken() -> None:
    assert percent_heard(["That is $8.99."], ["that is eight dollars and ninety nine cents"]) == pytest.approx(100.0)


def test_silence_cannot_be_heard_rightly_or_wrongly() -> None:
    assert percent_heard([], ["yes"]) is None


@pytest.mark.parametrize(("turns", "calls"), [(30, 1), (30, 5), (6, 5), (7, 1), (1, 1)])
def test_no_fewer_turns_are_taken_than_were_asked_for(turns: int, calls: int) -> None:
    found = shares(turns, calls)

    assert turns <= calls * sum(found) < turns + calls
    assert all(0 < share <= TURNS_OF_A_CALL for share in found)
