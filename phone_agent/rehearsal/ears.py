"""The caller's ears: when the agent speaks, when it has finished, and which words it said."""

import asyncio
import json
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from phone_agent.rehearsal import ears_process
from phone_agent.rehearsal.ears_grammar import words_of_grammar
from phone_agent.rehearsal.recording import Piece
from phone_agent.rehearsal.sound import PIECE_S, RATE, loud_samples
from phone_agent.voice.offline.pronunciation import pronounce, unknown

QUIET_S = 0.7
OPENING_PIECES = 10
STARTING_PIECES = 2
LOUD_SAMPLES = 2


class DeafError(Exception):
    """The recogniser has ended."""


@dataclass(frozen=True)
class Heard:
    """One utterance of the agent; `is_whole` says that it was a sentence of the grammar to its end."""

    text: str
    is_whole: bool
    started: float
    finished: float


class Segmenter:
    """Cuts sound into utterances: one ends with `quiet_s` of silence."""

    def __init__(self, quiet_s: float = QUIET_S) -> None:
        self.quiet_s = quiet_s
        self.is_speaking = False
        self.started = 0.0
        self.finished = 0.0
        self._loud_in_a_row = 0
        self._first = 0.0

    def take(self, piece: Piece) -> bool:
        """True where this piece begins or ends an utterance."""
        loud = loud_samples(piece.pcm)
        if len(loud) >= LOUD_SAMPLES:
            self._loud_in_a_row += 1
            if self._loud_in_a_row == 1:
                self._first = piece.at + float(loud[0]) / RATE
            self.finished = piece.at + float(loud[-1]) / RATE if self._counts() else self.finished
            return self._begin() if not self.is_speaking and self._counts() else False
        self._loud_in_a_row = 0
        ends = self.is_speaking and piece.at + PIECE_S - self.finished >= self.quiet_s
        self.is_speaking = self.is_speaking and not ends
        return ends

    def _counts(self) -> bool:
        return self.is_speaking or self._loud_in_a_row >= STARTING_PIECES

    def _begin(self) -> bool:
        self.is_speaking, self.started = True, self._first
        return True


class Recogniser:
    """Words from sound, in a process of its own; one utterance at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def open(cls, grammar: str, pronounced_as: Callable[[str], str] = pronounce) -> "Recogniser":
        program = (sys.executable, "-m", ears_process.__name__)
        pipe = asyncio.subprocess.PIPE
        recogniser = cls(
            await asyncio.create_subprocess_exec(*program, stdin=pipe, stdout=pipe, cwd=Path(__file__).parents[2])
        )
        try:
            await recogniser.use(grammar, pronounced_as)
        except BaseException:
            await recogniser.close()
            raise
        return recogniser

    async def use(self, grammar: str, pronounced_as: Callable[[str], str] = pronounce) -> None:
        words = words_of_grammar(grammar)
        sounds = {word: pronounced_as(word) for word in sorted(unknown(words))}
        vocabulary = {"grammar": grammar, "words": words, "sounds": sounds}
        self._send(ears_process.GRAMMAR, json.dumps(vocabulary).encode())
        await self._reply()

    def begin(self) -> None:
        self._send(ears_process.BEGIN)

    def hear(self, pcm: bytes) -> None:
        self._send(ears_process.PIECE, pcm)

    async def end(self) -> tuple[str, bool]:
        """The words, and whether they are whole sentences."""
        self._send(ears_process.END)
        reply = await self._reply()
        return str(reply["text"]), bool(reply["is_whole"])

    async def close(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        try:
            async with asyncio.timeout(1.0):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    def _send(self, kind: bytes, body: bytes = b"") -> None:
        if self._process.stdin is None or self._process.stdin.is_closing():
            raise DeafError("the recogniser has ended")
        self._process.stdin.write(ears_process.HEADER.pack(kind, len(body)) + body)

    async def _reply(self) -> Mapping[str, object]:
        line = await self._process.stdout.readline() if self._process.stdout else b""
        if not line:
            raise DeafError("the recogniser has ended")
        reply: Mapping[str, object] = json.loads(line)
        return reply


class NoWords:
    """For a caller who only needs to know when the agent speaks: costs next to nothing."""

    def begin(self) -> None:
        pass

    def hear(self, pcm: bytes) -> None:
        pass

    async def end(self) -> tuple[str, bool]:
        return "", False

    async def close(self) -> None:
        pass


class Ears:
    """Listens to a call from now on; every utterance of the agent is heard once, in order."""

    def __init__(
        self, recogniser: Recogniser | NoWords, pieces: AsyncIterator[Piece], quiet_s: float = QUIET_S
    ) -> None:
        self.segmenter = Segmenter(quiet_s)
        self.heard: asyncio.Queue[Heard | None] = asyncio.Queue()
        self._recogniser = recogniser
        self._opening: deque[bytes] = deque(maxlen=OPENING_PIECES)
        self._changed = asyncio.Event()
        self._is_over = False
        self._task = asyncio.create_task(self._listen(pieces))

    @property
    def is_agent_speaking(self) -> bool:
        return self.segmenter.is_speaking

    async def until_started(self, since: float | None = None) -> float:
        """When the agent began an utterance after this moment (now); at once where it speaks already."""
        since = time.monotonic() if since is None else since
        while not self.is_agent_speaking and self.segmenter.started <= since:
            if self._is_over:
                raise DeafError("the call is over")
            self._changed.clear()
            await self._changed.wait()
        return self.segmenter.started

    async def next_utterance(self) -> Heard:
        """The agent's next utterance, once it has finished."""
        heard = await self.heard.get()
        if heard is None:
            self.heard.put_nowait(None)
            raise DeafError("the call is over")
        return heard

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._recogniser.close()

    async def _listen(self, pieces: AsyncIterator[Piece]) -> None:
        try:
            async for piece in pieces:
                await self._take(piece)
            if self.segmenter.is_speaking:
                self.segmenter.is_speaking = False
                await self._finish()
        finally:
            self._is_over = True
            self.heard.put_nowait(None)
            self._changed.set()

    async def _take(self, piece: Piece) -> None:
        self._opening.append(piece.pcm)
        was_speaking, changed = self.segmenter.is_speaking, self.segmenter.take(piece)
        if changed and not was_speaking:
            self._recogniser.begin()
            self._recogniser.hear(b"".join(self._opening))
            self._changed.set()
        elif was_speaking:
            self._recogniser.hear(piece.pcm)
        if changed and was_speaking:
            await self._finish()

    async def _finish(self) -> None:
        text, is_whole = await self._recogniser.end()
        self.heard.put_nowait(Heard(text, is_whole, self.segmenter.started, self.segmenter.finished))
