from __future__ import annotations

from bench.figures import TARGETS, Figure, Target, calls, figure


def test_median_and_p95_are_those_of_the_samples() -> None:
    found = figure([0.1 * n for n in range(1, 101)], "s")

    assert found == Figure(median=5.05, p95=9.505, n=100, unit="s")


def test_no_samples_give_no_median_and_miss_the_target() -> None:
    found = figure([], "s")

    assert found.as_json() == {"median": None, "p95": None, "n": 0, "unit": "s"}
    assert not Target("turn_s_1_call", "median", 0.6).is_met({"turn_s_1_call": found})


def test_a_figure_that_was_not_measured_misses_its_target() -> None:
    assert not any(target.is_met({}) for target in TARGETS)


def test_each_statistic_is_held_against_its_own_target() -> None:
    found = {"turn_s_1_call": figure([0.5] * 18 + [1.5] * 2, "s")}

    assert Target("turn_s_1_call", "median", 0.6).is_met(found)
    assert not Target("turn_s_1_call", "p95", 0.9).is_met(found)


def test_names_tell_one_call_from_several() -> None:
    assert (calls(1), calls(5)) == ("1_call", "5_calls")
