"""Telephone sound, and sound that is no telephone's."""

import numpy as np
import pytest

from phone_agent.voice.offline.widening import is_narrow, widened
from tests.voice.telephone import RATE, hiss, silence, spoken


def tone(hertz: int) -> bytes:
    return (8000 * np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE)).astype(np.int16).tobytes()


def loudest(pcm: bytes, above: int) -> int:
    power = np.abs(np.fft.rfft(np.frombuffer(pcm, np.int16)))
    return int(power[above:].argmax()) + above


@pytest.mark.parametrize("voice", ["rms", "kal16", "awb"])
def test_a_telephone_is_told_by_its_sound(voice: str) -> None:
    assert is_narrow(spoken("i would like three spring rolls", voice))


def test_sound_with_all_its_height_is_left_alone() -> None:
    wide = np.random.default_rng(1).integers(-3000, 3000, RATE, dtype=np.int16).tobytes()

    assert not is_narrow(wide)
    assert not is_narrow(silence(1))
    assert not is_narrow(b"")


def test_what_the_telephone_cut_off_is_mirrored() -> None:
    assert loudest(widened(tone(1000)), above=4000) == 7000
    assert loudest(widened(tone(1000)), above=0) == 1000


def test_loud_sound_does_not_turn_over() -> None:
    loudest_of_all = np.full(160, 32767, np.int16).tobytes()

    assert np.frombuffer(widened(loudest_of_all), np.int16).min() > 0
    assert len(widened(hiss(0.1, -40))) == len(hiss(0.1, -40))
