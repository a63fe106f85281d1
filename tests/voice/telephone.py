"""Speech as it reaches the agent over a telephone: flite's voice through G.711 at 8 kHz, then widened."""

import numpy as np
from livekit import rtc
from numpy.typing import NDArray

from phone_agent.voice.offline.flite import flite

RATE = 16000
_MU = 255.0
Signal = NDArray[np.float64]


def spoken(text: str, voice: str = "rms", noise_db: float = -65.0) -> bytes:
    engine = flite(voice)
    assert engine, "flite is not installed: make setup installs it"
    pcm = bytearray()

    def listen(piece: bytes) -> bool:
        pcm.extend(piece)
        return True

    engine.speak(text, listen)
    return over_the_line(bytes(pcm), noise_db)


def over_the_line(pcm: bytes, noise_db: float = -65.0) -> bytes:
    narrow = _samples(_resampled(pcm, RATE, 8000))
    noise = np.random.default_rng(7).standard_normal(len(narrow)) * 10 ** (noise_db / 20)
    return _resampled(_pcm(_companded(narrow + noise)), 8000, RATE)


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


def _companded(signal: Signal) -> Signal:
    bounded = np.clip(signal, -1, 1)
    code = np.round(np.sign(bounded) * np.log1p(_MU * np.abs(bounded)) / np.log1p(_MU) * 127) / 127
    return np.asarray(np.sign(code) * np.expm1(np.abs(code) * np.log1p(_MU)) / _MU)


def _samples(pcm: bytes) -> Signal:
    return np.frombuffer(pcm, np.int16) / 32768


def _pcm(signal: Signal) -> bytes:
    return np.clip(signal * 32768, -32768, 32767).astype(np.int16).tobytes()


def _resampled(pcm: bytes, rate: int, wanted: int) -> bytes:
    resampler = rtc.AudioResampler(rate, wanted, quality=rtc.AudioResamplerQuality.HIGH)
    parts = resampler.push(rtc.AudioFrame(pcm, rate, 1, len(pcm) // 2)) + resampler.flush()
    return b"".join(bytes(part.data) for part in parts)
