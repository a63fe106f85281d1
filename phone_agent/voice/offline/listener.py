"""The utterances in a stream of audio: where each begins, and what was said when it ends."""

from collections import deque
from enum import Enum, auto

from .gate import Gate
from .grammar import Grammar
from .recognizer import PIECE, SAMPLE_RATE, Heard, Recognizer

_BYTES_PER_SECOND = SAMPLE_RATE * 2
_BEFORE_SPEECH = int(0.35 * _BYTES_PER_SECOND) // PIECE * PIECE
_OPENING = int(0.8 * _BYTES_PER_SECOND)
_LEVEL = 2 * _BYTES_PER_SECOND
_LONGEST = 20 * _BYTES_PER_SECOND
_PIECES_PER_STEP = 2
_PIECES_PER_INTERIM = 10
_SILENCE_ENDS = 1.6
_HOLD_SECONDS = 0.4
_LEAST_SPEECH = 0.16


class _State(Enum):
    QUIET = auto()
    OPENING = auto()
    DECODING = auto()
    HELD = auto()


class Listener:
    """Pure and synchronous: audio in with hear(), one short step at a time with work(), texts out with finals().

    A sentence that the grammar does not complete may be one cut in the middle: it is held for a moment, and decoded
    again together with what follows if the caller goes on.
    """

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        self._gate = Gate()
        self._state = _State.QUIET
        self._grammar: Grammar | None = None
        self._expects_answer = False
        self._answers = False
        self._audio = bytearray()
        self._fed = 0
        self._ending = False
        self._held_since = 0
        self._speech = 0.0
        self._seconds = 0.0
        self._so_far = ""
        self._is_second_try = False
        self._finals: deque[Heard | None] = deque()

    def use(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def expect_answer(self, is_expected: bool) -> None:
        """To a read-back; from the next utterance on."""
        self._expects_answer = is_expected

    def hear(self, pcm: bytes) -> None:
        self._gate.push(pcm)
        self._audio += pcm
        self._seconds += len(pcm) / _BYTES_PER_SECOND
        if self._state is _State.QUIET:
            self._wait_for_speech()
        elif self._state is _State.HELD:
            self._wait_for_more()
        elif self._gate.silence >= _SILENCE_ENDS or len(self._audio) >= _LONGEST:
            self._ending = True

    def end_turn(self) -> None:
        if self._state in (_State.OPENING, _State.DECODING):
            self._ending = True

    def work(self) -> bool:
        """One step of at most a few milliseconds; whether another is due."""
        if self._state is _State.OPENING and (self._ending or len(self._audio) >= _OPENING):
            self._begin()
            return True
        if self._state is not _State.DECODING:
            return False
        for _ in range(_PIECES_PER_STEP):
            if len(self._audio) - self._fed >= PIECE:
                self._feed()
        if len(self._audio) - self._fed >= PIECE:
            return True
        if self._ending:
            self._finish()
        return self._state is _State.DECODING and self._ending

    def finals(self) -> list[Heard | None]:
        """What ended since the last look; None is speech that was not understood."""
        ended = list(self._finals)
        self._finals.clear()
        return ended

    def so_far(self) -> str:
        return self._so_far

    def seconds_heard(self) -> float:
        seconds, self._seconds = self._seconds, 0.0
        return seconds

    def stop(self) -> None:
        if self._state is _State.DECODING:
            self._recognizer.close()
        self._be_quiet()

    def _wait_for_speech(self) -> None:
        if self._gate.is_open:
            self._state = _State.OPENING
        elif len(self._audio) > _BEFORE_SPEECH:
            del self._audio[:-_BEFORE_SPEECH]

    def _wait_for_more(self) -> None:
        if self._gate.is_open:
            self._state = _State.OPENING
        elif len(self._audio) - self._held_since >= _HOLD_SECONDS * _BYTES_PER_SECOND:
            self._finals.append(None)
            self._be_quiet()

    def _begin(self) -> None:
        if self._grammar:
            self._recognizer.use(self._grammar)
        self._answers = self._expects_answer
        self._recognizer.open(bytes(self._audio[:_OPENING]), answers_read_back=self._answers)
        self._fed = 0
        self._is_second_try = False
        self._state = _State.DECODING

    def _feed(self) -> None:
        self._recognizer.feed(bytes(self._audio[self._fed : self._fed + PIECE]))
        self._fed += PIECE
        if self._fed // PIECE % _PIECES_PER_INTERIM == 0:
            self._so_far = self._recognizer.so_far()

    def _finish(self) -> None:
        speech = self._speech + self._gate.speech
        heard = self._recognizer.close(speech)
        if heard is None and not self._is_second_try:
            self._try_again()
            return
        self._speech = speech
        if heard:
            self._finals.append(heard)
            self._be_quiet()
        elif self._speech < _LEAST_SPEECH or len(self._audio) >= _LONGEST:
            self._finals.extend([None] * (self._speech >= _LEAST_SPEECH))
            self._be_quiet()
        else:
            self._hold()

    def _try_again(self) -> None:
        """Early in a call the level of the line is only guessed; now the whole utterance tells it."""
        self._is_second_try = True
        self._recognizer.open(bytes(self._audio[:_LEVEL]), answers_read_back=self._answers)
        self._fed = 0

    def _hold(self) -> None:
        self._gate.close()
        self._ending = False
        self._held_since = len(self._audio)
        self._state = _State.HELD

    def _be_quiet(self) -> None:
        self._gate.close()
        self._audio.clear()
        self._fed = 0
        self._ending = False
        self._speech = 0.0
        self._so_far = ""
        self._state = _State.QUIET
