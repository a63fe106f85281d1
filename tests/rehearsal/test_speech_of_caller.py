import wave
from pathlib import Path

import numpy as np
import pytest

from phone_agent.rehearsal.sound import NotTelephoneSoundError, as_samples, read_wav
from phone_agent.rehearsal.speech_of_caller import VOICES, CannotSpeakError, as_telephone_sound, speak


@pytest.mark.parametrize("voice", VOICES)
async def test_every_voice_speaks_telephone_sound(voice: str, tmp_path: Path) -> None:
    sound = as_samples(read_wav(await speak("2 Pad Thai for $30.05", voice, tmp_path)))

    assert len(sound) > 8000
    assert np.abs(sound).max() > 3000


async def test_a_sentence_is_made_once(tmp_path: Path) -> None:
    first = await speak("Hello.", folder=tmp_path)
    made = first.stat().st_mtime_ns
    again = await speak("Hello.", folder=tmp_path)

    assert (again, again.stat().st_mtime_ns) == (first, made)
    assert await speak("Hello.", "kal16", tmp_path) != first


@pytest.mark.parametrize("voice", ["slt", "nobody"])
async def test_voices_that_are_not_the_callers_are_refused(voice: str, tmp_path: Path) -> None:
    with pytest.raises(CannotSpeakError, match=voice):
        await speak("Hello.", voice, tmp_path)


def test_narrowing_keeps_low_tones_and_drops_high_ones(tmp_path: Path) -> None:
    loudness = {}
    for hertz in (1000, 6000):
        path = tmp_path / f"{hertz}.wav"
        wave_at_16_khz(path, hertz)
        loudness[hertz] = float(np.abs(as_samples(as_telephone_sound(path))[100:-100]).max())

    assert loudness[1000] == pytest.approx(10000, rel=0.02)
    assert loudness[6000] < 200


def test_other_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.wav"
    wave_at_16_khz(path, 440)

    with pytest.raises(NotTelephoneSoundError, match="16000"):
        read_wav(path)


def wave_at_16_khz(path: Path, hertz: int) -> None:
    tone = 10000 * np.sin(2 * np.pi * hertz * np.arange(16000) / 16000)
    with wave.open(str(path), "wb") as wav:
        wav.setparams((1, 2, 16000, 0, "NONE", ""))
        wav.writeframes(tone.astype("<i2").tobytes())
