"""Speech to words: a pocketsphinx decoder held to a grammar, fed while the caller speaks."""

from dataclasses import dataclass

import numpy as np
from pocketsphinx import Decoder

from .grammar import Grammar

SAMPLE_RATE = 16000
PIECE = SAMPLE_RATE // 50 * 2

_FRAME = SAMPLE_RATE // 100 * 2
_MENU = "menu"
_LEVEL = "level"
_LEVEL_JSGF = "#JSGF V1.0;\ngrammar level;\npublic <level> = yes;\n"
# The mean cepstrum of quiet telephone speech, widened from 8 to 16 kHz; it only has to last for a few frames.
_TELEPHONE = (35.4, 22.5, -30.8, 37.3, -17.1, -1.8, 15.8, -22.6, 15.2, -12.4, 1.9, 8.5, -13.8)
_TELEPHONE_FRAMES = 10
_REMEMBERED_FRAMES = 300


@dataclass(frozen=True)
class Heard:
    text: str
    confidence: float


class Recognizer:
    """One utterance at a time: open, feed, close. What it learns of the line it keeps for the next one."""

    def __init__(self) -> None:
        self._decoder = Decoder(lm=None, loglevel="FATAL", bestpath=False)
        self._decoder.add_jsgf_string(_LEVEL, _LEVEL_JSGF)
        self._grammar: Grammar | None = None
        self.forget_line()

    def forget_line(self) -> None:
        self._mean = np.array(_TELEPHONE)
        self._frames = _TELEPHONE_FRAMES

    def use(self, grammar: Grammar) -> None:
        if grammar is self._grammar:
            return
        for word, sounds in grammar.words.items():
            if self._decoder.lookup_word(word) is None:
                self._decoder.add_word(word, sounds, False)
        self._decoder.add_jsgf_string(_MENU, grammar.jsgf)
        self._grammar = grammar

    def open(self, opening: bytes) -> None:
        """Begin an utterance whose first sounds are given: they tell how loud and how noisy the line is."""
        frames = len(opening) // _FRAME
        mean = (self._mean * self._frames + self._level_of(opening) * frames) / (self._frames + frames)
        self._decoder.activate_search(_MENU)
        self._decoder.set_cmn(",".join(f"{value:.3f}" for value in mean))
        self._decoder.start_utt()
        self._mean = mean
        self._frames = min(self._frames + frames, _REMEMBERED_FRAMES)

    def feed(self, piece: bytes) -> None:
        self._decoder.process_raw(piece, no_search=False, full_utt=False)

    def so_far(self) -> str:
        heard = self._decoder.hyp()
        return heard.hypstr if heard else ""

    def close(self) -> Heard | None:
        """The sentence, or nothing where the grammar was not completed."""
        self._decoder.end_utt()
        heard = self._decoder.hyp()
        return Heard(heard.hypstr, 1.0) if heard and heard.hypstr else None

    def _level_of(self, audio: bytes) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        self._decoder.activate_search(_LEVEL)
        self._decoder.start_utt()
        self._decoder.process_raw(audio, no_search=False, full_utt=True)
        self._decoder.end_utt()
        return np.array([float(value) for value in self._decoder.get_cmn().split(",")])
