"""Delays as they were published, and what of them lies on a turn's way."""

from __future__ import annotations

from random import Random

import pytest

from phone_agent.rehearsal.providers.behaviour import (
    AT_ONCE,
    GPT_4_1_FIRST_TOKEN,
    NOVA_3_FINAL,
    SONIC_3_FIRST_AUDIO,
    Behaviour,
    Part,
    Spread,
)
from phone_agent.rehearsal.providers.cartesia import CartesiaServer
from phone_agent.rehearsal.providers.record import Answer, Asked, critical_path_s

HEARD, THOUGHT, SPOKEN = Part.HEARING, Part.MODEL, Part.SPEECH


@pytest.mark.parametrize("spread", [NOVA_3_FINAL, GPT_4_1_FIRST_TOKEN, SONIC_3_FIRST_AUDIO])
def test_samples_have_the_median_and_the_95th_percentile_that_were_published(spread: Spread) -> None:
    chance = Random(4)
    drawn = sorted(spread.sample(chance) for _ in range(20_000))

    assert drawn[10_000] == pytest.approx(spread.median_s, rel=0.02)
    assert drawn[19_000] == pytest.approx(spread.p95_s, rel=0.03)


def test_one_delay_and_none_are_spreads_too() -> None:
    chance = Random(4)

    assert {Spread.always(0.2).sample(chance) for _ in range(9)} == {0.2}
    assert AT_ONCE.sample(chance) == 0


def delays(seed: int) -> list[float]:
    server = CartesiaServer(Behaviour(delay=SONIC_3_FIRST_AUDIO), seed=seed)
    asked = Asked(SPOKEN, "GET", "/", {}, {})
    return [server.begin(asked, SPOKEN).delay_s for _ in range(5)]


def test_a_seed_gives_the_same_delays_again() -> None:
    assert delays(7) == delays(7)
    assert delays(7) != delays(8)


def an_answer(part: Part, asked_at: float, delay_s: float) -> Answer:
    return Answer(part, asked_at, delay_s, first_at=asked_at + delay_s)


def test_a_plain_turn_is_the_transcript_the_model_and_the_first_sound() -> None:
    answers = [an_answer(HEARD, 10.0, 0.25), an_answer(THOUGHT, 10.3, 0.5), an_answer(SPOKEN, 10.8, 0.2)]

    assert critical_path_s(answers, 10.0, 12.0) == pytest.approx(0.95)


def test_each_model_turn_before_the_first_sound_counts() -> None:
    answers = [
        an_answer(HEARD, 10.0, 0.25), an_answer(THOUGHT, 10.3, 0.5), an_answer(THOUGHT, 10.9, 0.4),
        an_answer(SPOKEN, 11.4, 0.2), an_answer(THOUGHT, 11.5, 9.0), an_answer(SPOKEN, 20.6, 0.2),
    ]  # fmt: skip

    assert critical_path_s(answers, 10.0, 30.0) == pytest.approx(1.35)


def test_what_was_begun_for_half_a_sentence_does_not_count() -> None:
    answers = [
        an_answer(HEARD, 9.5, 0.25), an_answer(THOUGHT, 9.8, 0.1), an_answer(SPOKEN, 9.9, 0.1),
        an_answer(HEARD, 10.5, 0.25), an_answer(THOUGHT, 10.8, 0.5), an_answer(SPOKEN, 11.3, 0.2),
    ]  # fmt: skip

    assert critical_path_s(answers, 9.5, 12.0) == pytest.approx(0.95)


def test_other_turns_do_not_count() -> None:
    answers = [an_answer(HEARD, 1.0, 0.25), an_answer(SPOKEN, 2.0, 0.2), an_answer(SPOKEN, 10.5, 0.3)]

    assert critical_path_s(answers, 10.0, 12.0) == pytest.approx(0.3)
