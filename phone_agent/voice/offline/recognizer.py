"""Speech to words: a pocketsphinx decoder with the menu's own language model, fed while the caller speaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from pocketsphinx import Decoder, Segment

from phone_agent.understanding.answer import answer_in

from .grammar import Grammar
from .language import JOINT, language_of
from .rivals import is_rival
from .trigrams import ORDER
from .widening import is_narrow, widened

SAMPLE_RATE = 16000
PIECE = SAMPLE_RATE // 50 * 2

_FRAMES_PER_SECOND = 100
_TINY = 1e-300
_FRAME = SAMPLE_RATE // _FRAMES_PER_SECOND * 2
_MENU = "menu"
_READ_BACK = "read_back"
_SILENCES = frozenset(("<s>", "<sil>", "</s>"))
_LEVEL = "level"
_LEVEL_JSGF = "#JSGF V1.0;\ngrammar level;\npublic <level> = yes;\n"
# The mean cepstrum of telephone speech, widened; it only has to last for a few frames.
_TELEPHONE = (38.4, 3.7, -5.1, 10.0, 6.6, -17.8, 16.4, -13.6, -5.5, 9.3, -11.5, 11.9, -6.5)
_TELEPHONE_FRAMES = 10
_REMEMBERED_FRAMES = 300
# Ten times the default: otherwise the breath before a sentence becomes an "a" or a "two".
_SILENCE_LIKELY = 0.1
_LANGUAGE_WEIGHT = 9.0
# Log likelihood per frame, relative to the best sound at that moment, scaled as pocketsphinx gives it: below these,
# the sentence as a whole or its worst word is something else that was pressed into the menu's words.
_LEAST_SENTENCE = -6.0e-3
_LEAST_WORD = -1.2e-2
# A yes to the read-back places an order: one that is partly a guess, does not end as answers end, does not fit well or
# leaves a syllable of the speech over is asked for again. Of 115 others in four voices and lines three still pass
# ("that's bright" is "that's right"); one real yes in seven fits worse, on poor lines, and none that fits leaves 0.2 s.
_LEAST_YES = -4.4e-3
_LEAST_WORD_OF_YES = -5.8e-3
_MOST_BESIDE_YES_S = 0.22
# Words for less than this part of the speech: the rest of it was taken for noise.
_LEAST_COVERED = 0.5
# A word that never followed the one before it is a guess. Off the menu a third of the words are guesses, on it hardly
# one in ten; and a sentence that nobody ends with its last word was cut off.
_GUESS = 1
_GUESSES_ALLOWED = 1
_MOST_GUESSES = 0.24
# Words that the ones before them did not lead to must fit the sound the better for it: by so much, were all of them
# guesses, and by so much, were none of them known from the two words before.
_GUESSED_COSTS = 4.0e-3
_UNUSUAL_COSTS = 1.0e-3
_END = "</s>"


@dataclass(frozen=True)
class Heard:
    text: str
    confidence: float


class Recognizer:
    """One utterance at a time: open, feed, close. What it learns of the line it keeps for the next one."""

    def __init__(self, grammar: Grammar) -> None:
        self.use(grammar)
        self.forget_line()

    def forget_line(self) -> None:
        self._mean = np.array(_TELEPHONE)
        self._frames = _TELEPHONE_FRAMES
        self._is_narrow = False

    def use(self, grammar: Grammar) -> None:
        if grammar is getattr(self, "_grammar", None):
            return
        language = language_of(grammar)
        self._decoder = Decoder(
            lm=None,
            dict=str(language.dictionary),
            loglevel="FATAL",
            bestpath=False,
            fwdflat=False,
            silprob=_SILENCE_LIKELY,
            lw=_LANGUAGE_WEIGHT,
        )
        self._decoder.add_jsgf_string(_LEVEL, _LEVEL_JSGF)
        self._decoder.add_lm_file(_MENU, str(language.model))
        if language.read_back:
            self._decoder.add_lm_file(_READ_BACK, str(language.read_back))
        self._grammar = grammar

    def open(self, opening: bytes, *, answers_read_back: bool = False) -> None:
        """Begin an utterance whose first sounds are given: they tell how loud and how noisy the line is."""
        self._answers_read_back = answers_read_back and bool(self._grammar.read_back)
        frames = len(opening) // _FRAME
        self._is_narrow = is_narrow(opening)
        mean = (self._mean * self._frames + self._level_of(opening) * frames) / (self._frames + frames)
        self._decoder.activate_search(_READ_BACK if self._answers_read_back else _MENU)
        self._decoder.set_cmn(",".join(f"{value:.3f}" for value in mean))
        self._decoder.start_utt()
        self._mean = mean
        self._frames = min(self._frames + frames, _REMEMBERED_FRAMES)

    def feed(self, piece: bytes) -> None:
        self._decoder.process_raw(self._wide(piece), no_search=False, full_utt=False)

    def so_far(self) -> str:
        heard = self._decoder.hyp()
        return _words(heard.hypstr) if heard else ""

    def close(self, speech_seconds: float = 0.0) -> Heard | None:
        """The sentence, or nothing where the grammar was not completed or does not fit the sound and its length."""
        self._decoder.end_utt()
        heard = self._decoder.hyp()
        if not heard or not heard.hypstr:
            return None
        *said, end = (part for part in self._decoder.seg() if part.word[0] not in "[(")
        words = [part for part in said if part.word not in _SILENCES]
        # Where no end was reached, the last word stands in its place.
        if not words or _is_guessed([*words, end]) or any(is_rival(part.word) for part in (*words, end)):
            return None
        text = _words(heard.hypstr)
        if self._answers_read_back and answer_in(text) == "yes" and not _is_sure(words, end, speech_seconds):
            return None
        return _judged(text, words, end, speech_seconds)

    def _wide(self, audio: bytes) -> bytes:
        return widened(audio) if self._is_narrow else audio

    def _level_of(self, audio: bytes) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        self._decoder.activate_search(_LEVEL)
        self._decoder.start_utt()
        self._decoder.process_raw(self._wide(audio), no_search=True, full_utt=True)
        self._decoder.end_utt()
        return np.array([float(value) for value in self._decoder.get_cmn().split(",")])


def _judged(text: str, words: Sequence[Segment], end: Segment, speech_seconds: float) -> Heard | None:
    sentence, worst = _fit(words) - _doubt([*words, end]), _worst(words)
    if sentence < _LEAST_SENTENCE or worst < _LEAST_WORD or _covered_s(words) < speech_seconds * _LEAST_COVERED:
        return None
    return Heard(text, 1 - max(sentence / _LEAST_SENTENCE, worst / _LEAST_WORD) / 2)


def _is_sure(words: Sequence[Segment], end: Segment, speech_seconds: float) -> bool:
    return (
        _fit(words) >= _LEAST_YES
        and _worst(words) >= _LEAST_WORD_OF_YES
        and speech_seconds - _covered_s(words) <= _MOST_BESIDE_YES_S
        and end.lback == ORDER
        and all(part.lback > _GUESS for part in words)
    )


def _doubt(parts: Sequence[Segment]) -> float:
    guessed = sum(part.lback <= _GUESS for part in parts)
    unusual = sum(part.lback < ORDER for part in parts)
    return float(guessed * _GUESSED_COSTS + unusual * _UNUSUAL_COSTS) / len(parts)


def _is_guessed(parts: Sequence[Segment]) -> bool:
    guesses = sum(part.lback <= _GUESS for part in parts)
    was_cut_off = bool(parts[-1].word == _END and parts[-1].lback <= _GUESS)
    return was_cut_off or (guesses > _GUESSES_ALLOWED and guesses / len(parts) > _MOST_GUESSES)


def _words(phrases: str) -> str:
    return " ".join(unit.replace(JOINT, " ") for unit in phrases.split() if not is_rival(unit))


def _fit(words: Sequence[Segment]) -> float:
    return sum(map(_score, words)) / sum(map(_frames, words))


def _worst(words: Sequence[Segment]) -> float:
    return min(_score(part) / _frames(part) for part in words)


def _covered_s(words: Sequence[Segment]) -> float:
    return sum(map(_frames, words)) / _FRAMES_PER_SECOND


def _frames(part: Segment) -> int:
    return int(part.end_frame - part.start_frame + 1)


def _score(part: Segment) -> float:
    return float(log(max(part.ascore, _TINY)))
