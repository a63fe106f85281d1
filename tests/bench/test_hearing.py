from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from bench.hearing import first_sound, is_quiet
from phone_agent.rehearsal.recording import WAV_HEADER_BYTES, Track
from phone_agent.rehearsal.sound import PIECE_S, RATE


class Line:
    """A track as the softphone writes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.write_bytes(bytes(WAV_HEADER_BYTES))
        self.track = Track(path.open("rb", buffering=0), is_mouth=False)

    def carry(self, samples: Sequence[int]) -> None:
        with self._path.open("ab") as file:
            file.write(np.array(samples, dtype="<i2").tobytes())
        self.track.read()

    @property
    def began(self) -> float:
        return self.track.time_of(0)


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    line = Line(tmp_path / "dump.wav")
    yield line
    line.track.close()


def tone(seconds: float, level: int = 3000) -> list[int]:
    return [level] * round(seconds * RATE)


def test_the_first_sound_is_the_first_loud_sample(line: Line) -> None:
    line.carry(tone(0.5, 0) + tone(0.2))

    heard = first_sound(line.track, line.began)

    assert heard == pytest.approx(line.began + 0.5, abs=PIECE_S / 10)


def test_a_sound_below_40_db_under_full_scale_is_none(line: Line) -> None:
    line.carry(tone(0.5, 320))

    assert first_sound(line.track, line.began) is None


def test_a_click_on_the_line_is_no_word(line: Line) -> None:
    line.carry(tone(0.1, 0) + tone(0.004) + tone(0.4, 0))

    assert first_sound(line.track, line.began) is None


def test_what_was_heard_before_does_not_count(line: Line) -> None:
    line.carry(tone(0.2) + tone(0.4, 0) + tone(0.2))

    heard = first_sound(line.track, line.began + 0.3)

    assert heard == pytest.approx(line.began + 0.6, abs=PIECE_S / 10)
    assert first_sound(line.track, line.began + 0.3, line.began + 0.5) is None


def test_the_line_is_quiet_once_silence_has_lasted(line: Line) -> None:
    line.carry(tone(0.2) + tone(0.4, 0))

    assert is_quiet(line.track, 0.4)
    assert not is_quiet(line.track, 0.5)
    assert not is_quiet(line.track, 5.0)
