"""When the caller speaks: a voice detector that is kinder to first sounds than the one that ends turns."""

import numpy as np
from livekit.local_inference import VAD, VAD_WINDOW_SAMPLES

_WINDOW = VAD_WINDOW_SAMPLES * 2
_WINDOW_SECONDS = VAD_WINDOW_SAMPLES / 16000
_SPEECH = 0.4
_STILL_SPEECH = 0.25
_WINDOWS_TO_START = 2


class Gate:
    """Takes 16 kHz PCM in pieces of any size."""

    def __init__(self) -> None:
        self._vad = VAD()
        self._rest = b""
        self._run = 0
        self.speech = 0.0
        self.silence = 0.0

    @property
    def is_open(self) -> bool:
        return self.speech > 0

    def push(self, pcm: bytes) -> None:
        self._rest += pcm
        while len(self._rest) >= _WINDOW:
            window, self._rest = self._rest[:_WINDOW], self._rest[_WINDOW:]
            self._judge(self._vad.predict(np.frombuffer(window, np.int16)))

    def close(self) -> None:
        self._run = 0
        self.speech = self.silence = 0.0

    def _judge(self, probability: float) -> None:
        speech = probability >= (_STILL_SPEECH if self.is_open else _SPEECH)
        self._run = self._run + 1 if speech else 0
        if self.is_open:
            self.speech += _WINDOW_SECONDS * speech
            self.silence = 0.0 if speech else self.silence + _WINDOW_SECONDS
        elif self._run >= _WINDOWS_TO_START:
            self.speech = self._run * _WINDOW_SECONDS
