"""Telephone sound: 8 kHz, 16-bit, one channel, in pieces of 20 ms."""

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 8000
PIECE_SAMPLES = 160
PIECE_BYTES = 2 * PIECE_SAMPLES
PIECE_S = PIECE_SAMPLES / RATE
LOUD = 327  # -40 dBFS

Samples = npt.NDArray[np.int16]


class NotTelephoneSoundError(ValueError):
    """The file is no 8 kHz 16-bit mono WAV."""


def as_samples(pcm: bytes | bytearray) -> Samples:
    return np.frombuffer(pcm, dtype="<i2")


def silence(seconds: float) -> bytes:
    return bytes(2 * round(seconds * RATE))


def read_wav(path: Path) -> bytes:
    with wave.open(str(path), "rb") as wav:
        shape = (wav.getframerate(), wav.getsampwidth(), wav.getnchannels())
        if shape != (RATE, 2, 1):
            raise NotTelephoneSoundError(f"{path} has (rate, bytes, channels) {shape}, not {(RATE, 2, 1)}")
        return wav.readframes(wav.getnframes())


def write_wav(path: Path, pcm: bytes, channels: int = 1) -> None:
    with wave.open(str(path), "wb") as wav:
        wav.setframerate(RATE)
        wav.setsampwidth(2)
        wav.setnchannels(channels)
        wav.writeframes(pcm)


def loud_samples(pcm: bytes | bytearray, threshold: int = LOUD) -> npt.NDArray[np.intp]:
    """The places of all samples above the threshold."""
    samples = as_samples(pcm).astype(np.int32)
    return np.flatnonzero(np.abs(samples) > threshold)
