"""Speech to words: a pocketsphinx decoder held to a grammar, fed while the caller speaks."""

from dataclasses import dataclass
from math import log

import numpy as np
from pocketsphinx import Decoder, Segment

from .grammar import Grammar

SAMPLE_RATE = 16000
PIECE = SAMPLE_RATE // 50 * 2

_FRAMES_PER_SECOND = 100
_TINY = 1e-300
_FRAME = SAMPLE_RATE // _FRAMES_PER_SECOND * 2
_MENU = "menu"
_LEVEL = "level"
_LEVEL_JSGF = "#JSGF V1.0;\ngrammar level;\npublic <level> = yes;\n"
# The mean cepstrum of quiet telephone speech, widened from 8 to 16 kHz; it only has to last for a few frames.
_TELEPHONE = (35.4, 22.5, -30.8, 37.3, -17.1, -1.8, 15.8, -22.6, 15.2, -12.4, 1.9, 8.5, -13.8)
_TELEPHONE_FRAMES = 10
_REMEMBERED_FRAMES = 300
# Ten times the default: otherwise the breath before a sentence becomes an "a" or a "two".
_SILENCE_LIKELY = 0.1
# Log likelihood per frame, relative to the best sound at that moment, scaled as pocketsphinx gives it: below these,
# the sentence as a whole or its worst word is something else that was pressed into the grammar.
_LEAST_SENTENCE = -4.0e-3
_LEAST_WORD = -6.5e-3
# Words for less than this part of the speech: the rest of it was taken for noise.
_LEAST_COVERED = 0.5


@dataclass(frozen=True)
class Heard:
    text: str
    confidence: float


class Recognizer:
    """One utterance at a time: open, feed, close. What it learns of the line it keeps for the next one."""

    def __init__(self) -> None:
        self._decoder = Decoder(lm=None, loglevel="FATAL", bestpath=False, silprob=_SILENCE_LIKELY)
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

    def close(self, speech_seconds: float = 0.0) -> Heard | None:
        """The sentence, or nothing where the grammar was not completed or does not fit the sound and its length."""
        self._decoder.end_utt()
        heard = self._decoder.hyp()
        if not heard or not heard.hypstr:
            return None
        sentence = log(max(heard.score, _TINY)) / self._decoder.n_frames()
        words = [part for part in self._decoder.seg() if part.word[0] not in "<[("]
        worst = min(_fit(part) for part in words)
        covered = sum(part.end_frame - part.start_frame + 1 for part in words) / _FRAMES_PER_SECOND
        if sentence < _LEAST_SENTENCE or worst < _LEAST_WORD or covered < speech_seconds * _LEAST_COVERED:
            return None
        return Heard(heard.hypstr, 1 - max(sentence / _LEAST_SENTENCE, worst / _LEAST_WORD) / 2)

    def _level_of(self, audio: bytes) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        self._decoder.activate_search(_LEVEL)
        self._decoder.start_utt()
        self._decoder.process_raw(audio, no_search=False, full_utt=True)
        self._decoder.end_utt()
        return np.array([float(value) for value in self._decoder.get_cmn().split(",")])


def _fit(part: Segment) -> float:
    return float(log(max(part.ascore, _TINY)) / (part.end_frame - part.start_frame + 1))
