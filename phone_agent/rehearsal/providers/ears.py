"""What stands behind a provider's hearing: the utterances in a stream, and who puts them into words."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from livekit.local_inference import VAD_WINDOW_SAMPLES

from phone_agent.voice.offline.gate import Gate
from phone_agent.voice.offline.grammar import Grammar
from phone_agent.voice.offline.recognizer import PIECE, SAMPLE_RATE, Recognizer

_BYTES_PER_SECOND = SAMPLE_RATE * 2
_BEFORE_SPEECH = int(0.35 * _BYTES_PER_SECOND)
_LEVEL = int(0.8 * _BYTES_PER_SECOND)
_SECONDS_PER_WORD = 0.35
_WINDOW = VAD_WINDOW_SAMPLES * 2
_AHEAD_S = 0.06
"""Of the text before it is due: sound comes in pieces of 50 ms."""
_LEAST_SILENCE_S = 0.15
_LATEST_S = 0.12
_LEAST_SPEECH_S = 0.1
_QUIET = 200
_QUIET_PART = 0.03
"""Of the loudest sample so far: what is below it is no speech. The voice detector notices the end up to 0.1 s late."""


class Ears(Protocol):
    """One utterance at a time, as 16 kHz PCM."""

    def hear(self, pcm: bytes) -> None: ...

    def so_far(self) -> str: ...

    def end(self) -> str:
        """The words; the next utterance begins with the next sound. May take long: it is called off the loop."""
        ...

    def forget(self) -> None:
        """It was no speech."""
        ...


EarsOfACall = Callable[[], Ears]
"""Called once for each connection."""


class Script:
    """Knows what will be said: one text for each utterance, whatever it sounds like."""

    def __init__(self, texts: deque[str]) -> None:
        self._texts = texts
        self._seconds = 0.0

    def hear(self, pcm: bytes) -> None:
        self._seconds += len(pcm) / _BYTES_PER_SECOND

    def so_far(self) -> str:
        words = self._texts[0].split() if self._texts else []
        return " ".join(words[: max(1, int(self._seconds / _SECONDS_PER_WORD))])

    def end(self) -> str:
        self._seconds = 0.0
        return self._texts.popleft() if self._texts else ""

    def forget(self) -> None:
        self._seconds = 0.0


def scripted(*texts: str) -> EarsOfACall:
    """One list for all connections, in the order of the utterances: for one call at a time, also across reconnects."""
    waiting = deque(texts)
    return lambda: Script(waiting)


def scripted_per_connection(texts: Iterable[str]) -> EarsOfACall:
    """The same list again for each connection: for calls at once that all say the same."""
    said = tuple(texts)
    return lambda: Script(deque(said))


class Listening:
    """This project's own recogniser, with a menu's grammar. Where it is not sure, it says its best guess."""

    def __init__(self, grammar: Grammar) -> None:
        self._recognizer = Recognizer(grammar)
        self._audio = bytearray()
        self._fed = 0
        self._is_open = False

    def hear(self, pcm: bytes) -> None:
        self._audio += pcm
        if not self._is_open and len(self._audio) >= _LEVEL:
            self._begin()
        self._feed()

    def so_far(self) -> str:
        return self._recognizer.so_far() if self._is_open else ""

    def end(self) -> str:
        if not self._is_open:
            self._begin()
        self._feed()
        guess = self._recognizer.so_far()
        heard = self._recognizer.close()
        self._be_ready()
        return heard.text if heard else guess

    def forget(self) -> None:
        if self._is_open:
            self._recognizer.close()
        self._be_ready()

    def _be_ready(self) -> None:
        self._audio.clear()
        self._fed, self._is_open = 0, False

    def _begin(self) -> None:
        self._recognizer.open(bytes(self._audio[:_LEVEL]))
        self._is_open = True

    def _feed(self) -> None:
        while self._is_open and len(self._audio) - self._fed >= PIECE:
            self._recognizer.feed(bytes(self._audio[self._fed : self._fed + PIECE]))
            self._fed += PIECE


def listening(grammar: Grammar) -> EarsOfACall:
    return lambda: Listening(grammar)


@dataclass
class Utterance:
    text: str
    start_s: float
    """In the stream's own time."""
    end_s: float
    ended_at: float
    """Wall clock."""


class Utterances:
    """Finds where speech begins and ends in a stream, and lets the ears hear what lies between."""

    def __init__(self, ears: Ears, silence_s: float) -> None:
        self._ears = ears
        self._silence_s = silence_s
        self._gate = Gate()
        self._before = bytearray()
        self._heard = 0
        self._heard_at = 0.0
        self._start_s = 0.0
        self._last_loud_s = 0.0
        self._peak = 0
        self.is_speech = False

    def push(self, pcm: bytes) -> None:
        self._gate.push(pcm)
        self._heard += len(pcm)
        self._heard_at = time.time()
        self._listen_for_loud(pcm)
        if self.is_speech:
            self._ears.hear(pcm)
        else:
            self._before += pcm
            if not self._gate.is_open:
                del self._before[:-_BEFORE_SPEECH]
                return
            self.is_speech = True
            self._start_s = self.seconds - self._unjudged_s - self._gate.speech
            self._ears.hear(bytes(self._before))
            self._before.clear()

    @property
    def seconds(self) -> float:
        return self._heard / _BYTES_PER_SECOND

    @property
    def start_s(self) -> float:
        return self._start_s

    @property
    def silence_s(self) -> float:
        """Since the end of speech, as far as the stream has come."""
        return self.seconds - self._end_s

    def has_ended(self, delay_s: float) -> bool:
        """Silence that lasts, or for so long that the text has to go out before the next piece of sound comes."""
        enough = min(self._silence_s, max(_LEAST_SILENCE_S, delay_s - _AHEAD_S)) if delay_s else self._silence_s
        return self.is_speech and self.silence_s >= enough

    @property
    def _end_s(self) -> float:
        """The last loud sample; on a line that is loud itself, where the voice detector puts it."""
        judged = self.seconds - self._unjudged_s - self._gate.silence
        is_quiet_line = self._last_loud_s <= judged + _LATEST_S
        return max(self._start_s, self._last_loud_s if is_quiet_line else judged)

    @property
    def _unjudged_s(self) -> float:
        """What is too short yet for the voice detector."""
        return self._heard % _WINDOW / _BYTES_PER_SECOND

    def _listen_for_loud(self, pcm: bytes) -> None:
        level = np.abs(np.frombuffer(pcm, np.int16).astype(np.int32))
        self._peak = max(self._peak, int(level.max(initial=0)))
        loud = np.flatnonzero(level > max(_QUIET, self._peak * _QUIET_PART))
        if loud.size:
            self._last_loud_s = self.seconds - (len(level) - 1 - int(loud[-1])) / SAMPLE_RATE

    def so_far(self) -> str:
        return self._ears.so_far()

    async def end(self) -> Utterance | None:
        """The utterance that is open, closed here; nothing where it was too short to be speech."""
        if not self.is_speech:
            return None
        self.is_speech = False
        speech = self._gate.speech
        ended = Utterance("", self._start_s, self._end_s, self._heard_at - self.silence_s)
        self._gate.close()
        self._peak = 0
        if speech < _LEAST_SPEECH_S:
            self._ears.forget()
            return None
        ended.text = await asyncio.to_thread(self._ears.end)
        return ended
