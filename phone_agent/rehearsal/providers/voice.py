"""The voice behind the providers' speech: this project's own, in the format that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from livekit import rtc

from phone_agent.voice.offline.flite import SAMPLE_RATE
from phone_agent.voice.offline.tts import clauses
from phone_agent.voice.offline.voices import Voice

PIECE_S = 0.1
MU_LAW_BIAS = 132
RATES = (8000, 16000, 22050, 24000, 44100, 48000)


@dataclass(frozen=True)
class Format:
    rate: int = 24000
    encoding: str = "pcm_s16le"

    @property
    def is_known(self) -> bool:
        return self.rate in RATES and self.encoding in ENCODINGS

    def pieces(self, sound: bytes) -> list[bytes]:
        size = round(self.rate * PIECE_S) * ENCODINGS[self.encoding]
        return [sound[start : start + size] for start in range(0, len(sound), size)]

    def seconds(self, sound: bytes) -> float:
        return len(sound) / self.rate / ENCODINGS[self.encoding]


ENCODINGS = {"pcm_s16le": 2, "pcm_f32le": 4, "pcm_mulaw": 1}
"""With the bytes of a sample."""


class Speaker:
    def __init__(self, voice: str = "slt") -> None:
        self._voice = Voice(voice)

    async def say(self, text: str, sound: Format) -> bytes:
        """The whole text; nothing for a text without words."""
        made = bytearray()
        for clause, pause in clauses(text):
            async for piece in self._voice.say(clause):
                made += piece
            made += bytes(int(pause * SAMPLE_RATE) * 2)
        return encoded(resampled(bytes(made), SAMPLE_RATE, sound.rate), sound.encoding)


def resampled(pcm: bytes, rate: int, wanted: int) -> bytes:
    if rate == wanted or not pcm:
        return pcm
    resampler = rtc.AudioResampler(rate, wanted)
    frames = resampler.push(rtc.AudioFrame(pcm, rate, 1, len(pcm) // 2)) + resampler.flush()
    return b"".join(bytes(frame.data) for frame in frames)


def encoded(pcm: bytes, encoding: str) -> bytes:
    if encoding == "pcm_s16le":
        return pcm
    samples = np.frombuffer(pcm, "<i2")
    if encoding == "pcm_f32le":
        return (samples / 32768).astype("<f4").tobytes()
    return _mu_law(samples.astype(np.int32)).tobytes()


def _mu_law(samples: np.ndarray[tuple[int], np.dtype[np.int32]]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    loud = np.minimum(np.abs(samples), 32635) + MU_LAW_BIAS
    exponent = np.floor(np.log2(loud)).astype(np.int32) - 7
    mantissa = (loud >> (exponent + 3)) & 0x0F
    sign = np.where(samples < 0, 0x80, 0)
    return np.asarray(~(sign | (exponent << 4) | mantissa) & 0xFF, np.uint8)
