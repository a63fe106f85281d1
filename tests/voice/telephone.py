"""Speech as it reaches the agent over a telephone: flite's voice through G.711 at 8 kHz, then widened."""

import numpy as np
from livekit import rtc

from bench import voices

RATE = 16000


def spoken(text: str, voice: str = "rms", noise_db: float = -65.0) -> bytes:
    return over_the_line(voices.spoken(text, voice), noise_db)


def over_the_line(pcm: bytes, noise_db: float = -65.0) -> bytes:
    narrow = voices.samples_of(voices.resampled(pcm, RATE, 8000))
    noise = np.random.default_rng(7).standard_normal(len(narrow)) * 10 ** (noise_db / 20)
    return voices.resampled(voices.pcm_of(voices.companded(narrow + noise)), 8000, RATE)


def silence(seconds: float) -> bytes:
    return bytes(int(seconds * RATE) * 2)


def hiss(seconds: float, noise_db: float) -> bytes:
    return over_the_line(silence(seconds), noise_db)


def seconds(pcm: bytes) -> float:
    return len(pcm) / 2 / RATE


def frames(pcm: bytes, milliseconds: int = 50) -> list[rtc.AudioFrame]:
    size = RATE * milliseconds // 1000 * 2
    pieces = [pcm[start : start + size] for start in range(0, len(pcm), size)]
    return [rtc.AudioFrame(piece, RATE, 1, len(piece) // 2) for piece in pieces]
