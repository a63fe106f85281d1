"""A stream of sound that comes to a provider, and the messages that go back in their order."""

from __future__ import annotations

import asyncio
import contextlib
import time
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from aiohttp import web

from phone_agent.voice.offline.recognizer import SAMPLE_RATE

from .behaviour import Part
from .ears import Utterance, Utterances
from .record import Answer, Asked
from .server import Dropped, Provider
from .voice import resampled

_SECONDS_PER_INTERIM = 0.25
_QUESTIONS = ("what", "how", "where", "when", "who", "which", "do", "does", "is", "are", "can", "could")


class Stream:
    """What both protocols share: when something is said, and that messages wait behind one another."""

    def __init__(
        self,
        server: Provider,
        request: web.Request,
        socket: web.WebSocketResponse,
        asked: Asked,
        utterances: Utterances,
    ) -> None:
        self.server = server
        self.asked = asked
        self.request_id = str(uuid4())
        self.rate = int(asked.params.get("sample_rate", ["16000"])[0])
        self.utterances = utterances
        self._request = request
        self._socket = socket
        self._waiting: asyncio.Queue[tuple[Answer, Any] | None] = asyncio.Queue()
        self._sender: asyncio.Task[None] | None = None
        self._said = self._new_answer()
        self._delay_s = 0.0
        self._interim_s = 0.0
        self._last_interim = ""

    async def __aenter__(self) -> Self:
        self._sender = asyncio.create_task(self._send_all())
        self.on_open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._sender is None:
            return
        if kind is None and not self._socket.closed:
            self._waiting.put_nowait(None)
            await asyncio.wait([self._sender])
        self._sender.cancel()
        await asyncio.gather(self._sender, return_exceptions=True)

    def on_open(self) -> None: ...

    def on_speech(self) -> None: ...

    def on_interim(self, text: str) -> None: ...

    def on_end(self, ended: Utterance, answer: Answer, is_asked_for: bool) -> None: ...

    async def obey(self, message: dict[str, Any]) -> bool:
        """A control message; whether it was the last."""
        raise NotImplementedError

    async def hear(self, pcm: bytes) -> None:
        before = self.utterances.is_speech
        self.utterances.push(resampled(pcm, self.rate, SAMPLE_RATE))
        if self.utterances.is_speech and not before:
            self._said = self._new_answer()
            self._delay_s = self.server.delay(Part.HEARING)
            self._interim_s, self._last_interim = self.utterances.seconds, ""
            self.on_speech()
        if self.utterances.has_ended(self._delay_s):
            await self.finish()
        elif self.utterances.is_speech and self.utterances.seconds - self._interim_s >= _SECONDS_PER_INTERIM:
            self._interim_s = self.utterances.seconds
            text = self.utterances.so_far()
            if text and text != self._last_interim:
                self._last_interim = text
                self.on_interim(text)

    async def finish(self, *, is_asked_for: bool = False) -> bool:
        """Close the utterance that is open; whether there was one."""
        ended = await self.utterances.end()
        if ended is None:
            return False
        answer = self.server.begin(self.asked, Part.HEARING, ended.ended_at, self._delay_s)
        answer.text, answer.pieces = ended.text, self._said.pieces
        self.on_end(ended, answer, is_asked_for)
        return True

    def later(self, message: dict[str, Any], answer: Answer | None = None) -> None:
        self._waiting.put_nowait((answer or self._said, message))

    def _new_answer(self) -> Answer:
        """What is sent while somebody still speaks: not the transcript that a turn waits for."""
        return Answer(Part.HEARING, time.time(), 0.0)

    async def _send_all(self) -> None:
        with contextlib.suppress(Dropped, ConnectionError):
            while (next_one := await self._waiting.get()) is not None:
                answer, message = next_one
                await self.server.send(self._socket, self._request, answer, message)


def punctuated(text: str) -> str:
    if not text or text[-1] in ".?!":
        return text
    end = "?" if text.split(maxsplit=1)[0].lower() in _QUESTIONS else "."
    return f"{text[0].upper()}{text[1:]}{end}"


def words_of(text: str, start_s: float, end_s: float) -> list[dict[str, Any]]:
    """Each with a share of the time that goes with its length."""
    said = text.split()
    letters = sum(map(len, said)) or 1
    words, at = [], start_s
    for word in said:
        until = at + (end_s - start_s) * len(word) / letters
        words.append({
            "word": word.strip(".,?!").lower(), "punctuated_word": word,
            "start": round(at, 3), "end": round(until, 3), "confidence": 0.98,
        })  # fmt: skip
        at = until
    return words
