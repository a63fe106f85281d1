"""Who has answered: rules of silence and beep, over sounds that are made here."""

from __future__ import annotations

import numpy as np
import pytest

from phone_agent.outbound.answering import Answering, Heard
from phone_agent.outbound.beep import PIECE, RATE, Beep, Samples

TALKS = 2500.0
SYLLABLE_S = 0.15


def quiet(seconds: float) -> Samples:
    return np.random.default_rng(3).standard_normal(round(seconds * RATE)) * 12


def noise(seconds: float, loudness: float) -> Samples:
    return np.random.default_rng(5).standard_normal(round(seconds * RATE)) * loudness


def speech(seconds: float) -> Samples:
    """Many pitches at once, in syllables."""
    at = np.arange(round(seconds * RATE)) / RATE
    voiced = sum(np.sin(2 * np.pi * 140 * over * at + over) / over for over in range(2, 20))
    return np.asarray(voiced * TALKS * np.maximum(0.0, np.sin(np.pi * at / SYLLABLE_S)))


def beep(pitch: float, seconds: float, loudness: float = 6000) -> Samples:
    return np.asarray(loudness * np.sin(2 * np.pi * pitch * np.arange(round(seconds * RATE)) / RATE))


def key(low: float, high: float) -> Samples:
    return beep(low, 0.4, 3000) + beep(high, 0.4, 3000)


def heard(*sounds: Samples) -> list[tuple[Heard, float]]:
    """And when, in seconds."""
    ears, sound, found = Answering(), np.concatenate(sounds), []
    for start in range(0, len(sound) - PIECE + 1, PIECE):
        event = ears.hear(sound[start : start + PIECE])
        if event is not None:
            found.append((event, (start + PIECE) / RATE))
    return found


def events(*sounds: Samples) -> list[Heard]:
    return [event for event, _ in heard(*sounds)]


@pytest.mark.parametrize("said_s", [0.4, 1.2, 2.5])
def test_who_says_a_few_words_and_stops_is_a_person(said_s: float) -> None:
    ((event, at),) = heard(quiet(0.5), speech(said_s), quiet(5))

    assert event is Heard.PERSON
    assert at < 0.5 + said_s + 0.9


def test_who_says_nothing_is_a_person_who_waits() -> None:
    ((event, at),) = heard(quiet(5))

    assert event is Heard.PERSON
    assert at < 2.5


def test_a_car_around_a_person_is_no_speech() -> None:
    assert events(noise(0.5, 700), speech(1.0) + noise(1.0, 700), noise(6, 700)) == [Heard.PERSON]


@pytest.mark.parametrize("pitch", [440, 850, 1004, 1400, 2000])
@pytest.mark.parametrize("beep_s", [0.25, 1.0])
def test_a_greeting_is_a_machine_that_takes_a_message_down_after_its_beep(pitch: float, beep_s: float) -> None:
    (machine, _), (recording, at) = heard(quiet(0.3), speech(6), quiet(0.4), beep(pitch, beep_s), quiet(3))

    assert (machine, recording) == (Heard.MACHINE, Heard.RECORDING)
    assert 6.7 + beep_s <= at < 6.7 + beep_s + 0.5


def test_a_machine_that_paused_after_its_first_words_is_noticed_when_it_goes_on() -> None:
    sounds = (quiet(0.3), speech(1), quiet(0.9), speech(6), quiet(0.3), beep(1000, 0.4), quiet(2))

    assert events(*sounds) == [Heard.PERSON, Heard.MACHINE, Heard.RECORDING]


def test_a_beep_alone_tells_a_machine_from_a_person() -> None:
    assert events(quiet(0.3), speech(1), quiet(1.0), beep(1000, 0.5), quiet(1))[-2:] == [
        Heard.MACHINE,
        Heard.RECORDING,
    ]


def test_a_machine_without_a_beep_takes_the_message_down_once_it_is_quiet() -> None:
    *_, (event, at) = heard(quiet(0.3), speech(6), quiet(5))

    assert event is Heard.RECORDING
    assert 9 < at < 9.8


def test_a_person_who_answers_the_news_stays_a_person() -> None:
    assert events(quiet(0.3), speech(0.6), quiet(3), speech(1.5), quiet(3), speech(2), quiet(3)) == [Heard.PERSON]


def test_our_own_voice_that_comes_back_is_no_machine() -> None:
    assert events(quiet(0.3), speech(0.6), quiet(1), speech(8) / 12, quiet(2)) == [Heard.PERSON]


@pytest.mark.parametrize(
    "sound",
    [speech(4), key(697, 1209), key(941, 1477), noise(2, 2000), beep(1000, 0.1), beep(1000, 0.6, 150)],
    ids=["speech", "key 1", "key #", "noise", "too short", "too faint"],
)
def test_this_is_no_beep(sound: Samples) -> None:
    ears = Beep()

    assert not any(ears.hear(sound[start : start + PIECE]) for start in range(0, len(sound) - PIECE + 1, PIECE))


def test_a_beep_of_which_a_packet_was_lost_is_one() -> None:
    sound = beep(850, 0.4)
    sound[8 * PIECE : 9 * PIECE] = 0
    ears = Beep()

    assert any(ears.hear(sound[start : start + PIECE]) for start in range(0, len(sound) - PIECE + 1, PIECE))
