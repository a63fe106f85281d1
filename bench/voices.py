"""Callers' voices over three kinds of telephone line, as the agent's recogniser gets them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from livekit import rtc
from numpy.typing import NDArray

from phone_agent.voice.offline.espeak import SAMPLE_RATE as ESPEAK_RATE
from phone_agent.voice.offline.espeak import espeak
from phone_agent.voice.offline.flite import flite
from phone_agent.voice.offline.recognizer import SAMPLE_RATE

VOICES = ("rms", "kal16", "awb", "espeak")
TELEPHONE_RATE = 8000
PACKET = TELEPHONE_RATE // 50
QUIET_S = 0.4
LINE_NOISE_DB = -65.0
LOUD_NOISE_DB = -30.0
"""Below the speech's own power."""
CLIPPED_MS = (40, 80)
LATE_PACKETS = 0.04
SPEECH_IS = 0.02
MU = 255.0

Signal = NDArray[np.float64]
Line = Callable[[Signal, np.random.Generator], Signal]


def clean(speech: Signal, chance: np.random.Generator) -> Signal:
    return _hissing(_in_quiet(speech), _amplitude(LINE_NOISE_DB), chance)


def clipped(speech: Signal, chance: np.random.Generator) -> Signal:
    """The first sound is lost, and packets come 20 ms late: a gap in the middle of a word."""
    lost = int(chance.integers(*CLIPPED_MS, endpoint=True)) * TELEPHONE_RATE // 1000
    begins = int(np.argmax(np.abs(speech) > SPEECH_IS))
    rest = _hissing(_in_quiet(speech[begins + lost :]), _amplitude(LINE_NOISE_DB), chance)
    packets = [rest[start : start + PACKET] for start in range(0, len(rest), PACKET)]
    late = chance.random(len(packets)) < LATE_PACKETS
    gap = np.zeros(PACKET)
    return np.concatenate([part for packet, is_late in zip(packets, late, strict=True)
                           for part in ((gap, packet) if is_late else (packet,))])  # fmt: skip


def noisy(speech: Signal, chance: np.random.Generator) -> Signal:
    loud = np.abs(speech) > SPEECH_IS
    power = float(np.sqrt(np.mean(speech[loud] ** 2))) if loud.any() else 1.0
    return _hissing(_in_quiet(speech), power * _amplitude(LOUD_NOISE_DB), chance)


LINES: Mapping[str, Line] = {"clean": clean, "clipped": clipped, "noisy": noisy}


def heard_over(line: str, pcm: bytes, seed: int = 0) -> bytes:
    """16 kHz PCM as it comes out of the telephone."""
    narrow = samples_of(resampled(pcm, SAMPLE_RATE, TELEPHONE_RATE))
    return resampled(pcm_of(companded(LINES[line](narrow, np.random.default_rng(seed)))), TELEPHONE_RATE, SAMPLE_RATE)


@lru_cache(maxsize=1024)
def spoken(text: str, voice: str) -> bytes:
    """16 kHz PCM. Raises LookupError where the machine lacks the voice."""
    if voice == "espeak":
        return resampled(espeak().speak(text), ESPEAK_RATE, SAMPLE_RATE)
    engine = flite(voice)
    if engine is None:
        raise LookupError(f"flite's voice {voice} is not installed")
    pcm = bytearray()

    def listen(piece: bytes) -> bool:
        pcm.extend(piece)
        return True

    engine.speak(text, listen)
    return bytes(pcm)


def _in_quiet(speech: Signal) -> Signal:
    quiet = np.zeros(int(QUIET_S * TELEPHONE_RATE))
    return np.concatenate([quiet, speech, quiet])


def _hissing(sound: Signal, amplitude: float, chance: np.random.Generator) -> Signal:
    return sound + chance.standard_normal(len(sound)) * amplitude


def _amplitude(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def companded(signal: Signal) -> Signal:
    bounded = np.clip(signal, -1, 1)
    code = np.round(np.sign(bounded) * np.log1p(MU * np.abs(bounded)) / np.log1p(MU) * 127) / 127
    return np.asarray(np.sign(code) * np.expm1(np.abs(code) * np.log1p(MU)) / MU)


def samples_of(pcm: bytes) -> Signal:
    return np.frombuffer(pcm, np.int16) / 32768


def pcm_of(signal: Signal) -> bytes:
    return np.clip(signal * 32768, -32768, 32767).astype(np.int16).tobytes()


def resampled(pcm: bytes, rate: int, wanted: int) -> bytes:
    resampler = rtc.AudioResampler(rate, wanted, quality=rtc.AudioResamplerQuality.HIGH)
    parts = resampler.push(rtc.AudioFrame(pcm, rate, 1, len(pcm) // 2)) + resampler.flush()
    return b"".join(bytes(part.data) for part in parts)
