"""The caller's voice: text spoken by flite as telephone sound, kept once it was made."""

import asyncio
import hashlib
import os
import shutil
import tempfile
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from phone_agent.rehearsal.sound import RATE, write_wav

VOICES = ("rms", "kal16", "awb")
AGENT_VOICE = "slt"
FILTER_TAPS = 255
CUTOFF = 0.48  # of the telephone's rate: what lies above cannot be carried


class CannotSpeakError(Exception):
    """There is no such voice, or no flite."""


async def speak(text: str, voice: str = "rms", folder: Path | None = None) -> Path:
    """The WAV of this sentence in this voice."""
    _check(voice)
    folder = folder or Path(tempfile.gettempdir()) / f"phone-agent-speech-{os.getuid()}"
    name = hashlib.sha256(f"{voice}\n{text}".encode()).hexdigest()[:24]
    path = folder / f"{name}.wav"
    if not await asyncio.to_thread(path.exists):
        await _make(text, voice, path)
    return path


def _check(voice: str) -> None:
    if voice == AGENT_VOICE:
        raise CannotSpeakError(f"{AGENT_VOICE} is the agent's own voice")
    if voice not in VOICES:
        raise CannotSpeakError(f"no voice {voice!r}: there are {', '.join(VOICES)}")
    if not shutil.which("flite"):
        raise CannotSpeakError("flite is not installed (Debian: apt install flite)")


async def _make(text: str, voice: str, path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        wide, narrow = Path(scratch) / "wide.wav", Path(scratch) / "narrow.wav"
        flite = await asyncio.create_subprocess_exec(
            "flite", "-voice", voice, "-t", text, "-o", str(wide), stderr=asyncio.subprocess.PIPE
        )
        _, complaint = await flite.communicate()
        if flite.returncode:
            raise CannotSpeakError(f"flite failed: {complaint.decode(errors='replace').strip()}")
        write_wav(narrow, as_telephone_sound(wide))
        narrow.replace(path)


def as_telephone_sound(path: Path) -> bytes:
    with wave.open(str(path), "rb") as wav:
        factor = wav.getframerate() // RATE
        samples = np.frombuffer(wav.readframes(wav.getnframes()), dtype="<i2").astype(np.float64)
    if factor > 1:
        samples = np.convolve(samples, _low_pass(CUTOFF / factor), mode="same")[::factor]
    return np.clip(np.rint(samples), -32768, 32767).astype("<i2").tobytes()


def _low_pass(cutoff: float) -> npt.NDArray[np.float64]:
    places = np.arange(FILTER_TAPS) - FILTER_TAPS // 2
    taps: npt.NDArray[np.float64] = 2 * cutoff * np.sinc(2 * cutoff * places) * np.hamming(FILTER_TAPS)
    taps /= taps.sum()
    return taps
