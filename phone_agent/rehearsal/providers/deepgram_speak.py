"""Deepgram's `/v1/speak`: text in, sound out, over a WebSocket or in one request."""

from __future__ import annotations

import re
import time
from typing import Any
from uuid import uuid4

from aiohttp import web

from .behaviour import Fault, Part
from .record import Answer, Asked
from .server import GARBLED, Provider, texts
from .voice import Format, Speaker

_FLAG = frozenset(("true", "false"))
SPEAK_PARAMS: dict[str, frozenset[str] | None] = {
    "model": None,
    "sample_rate": frozenset(("8000", "16000", "24000", "48000")),
    "encoding": frozenset(("linear16", "mulaw")),
    "container": frozenset(("none",)),
    "mip_opt_out": _FLAG,
    "speed": None,
    "tag": None,
}
_ENCODINGS = {"linear16": "pcm_s16le", "mulaw": "pcm_mulaw"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def _format(asked: Asked) -> Format:
    rate = int(asked.params.get("sample_rate", ["24000"])[0])
    return Format(rate, _ENCODINGS[asked.params.get("encoding", ["linear16"])[0]])


async def speak(server: Provider, request: web.Request, asked: Asked, speaker: Speaker) -> web.StreamResponse:
    async with server.socket(request, asked, Part.SPEECH) as socket:
        speech = _Speech(server, request, socket, asked, speaker)
        await socket.send_json({
            "type": "Metadata", "request_id": str(uuid4()), "model_name": asked.params.get("model", [""])[0],
        })  # fmt: skip
        async for message in texts(socket, asked):
            if isinstance(message, bytes) or await speech.obey(message):
                break
        await socket.close()
    return socket


class _Speech:
    """Whole sentences are spoken as they come, the rest at a flush."""

    def __init__(
        self, server: Provider, request: web.Request, socket: web.WebSocketResponse, asked: Asked, speaker: Speaker
    ) -> None:
        self._server, self._request, self._socket = server, request, socket
        self._asked, self._speaker = asked, speaker
        self._answer: Answer | None = None
        self._text = ""
        self._flushes = 0

    async def obey(self, message: dict[str, Any]) -> bool:
        kind = message.get("type")
        if kind == "Speak":
            await self._take(str(message.get("text", "")))
        elif kind == "Flush":
            await self._say(self._text)
            await self._end({"type": "Flushed", "sequence_id": self._flushes})
            self._flushes += 1
        elif kind == "Clear":
            await self._end({"type": "Cleared", "sequence_id": self._flushes})
        elif kind != "Close":
            await self._socket.send_json({"type": "Warning", "warn_code": "UNPARSABLE_CLIENT_MESSAGE"})
        return kind == "Close"

    async def _take(self, text: str) -> None:
        self._begun().text += text
        *whole, self._text = _SENTENCE.split(self._text + text)
        for sentence in whole:
            await self._say(sentence)

    async def _say(self, text: str) -> None:
        sound = _format(self._asked)
        for piece in sound.pieces(await self._speaker.say(text, sound)):
            await self._server.send(self._socket, self._request, self._begun(), piece)

    async def _end(self, message: dict[str, Any]) -> None:
        answer = self._answer or Answer(Part.SPEECH, time.time(), 0.0)
        await self._server.send(self._socket, self._request, answer, message)
        self._answer, self._text = None, ""

    def _begun(self) -> Answer:
        if self._answer is None:
            self._answer = self._server.begin(self._asked, Part.SPEECH)
        return self._answer


async def speak_once(server: Provider, request: web.Request, asked: Asked, speaker: Speaker) -> web.StreamResponse:
    asked.body = await request.json()
    answer = server.begin(asked, Part.SPEECH)
    answer.text = str(asked.body.get("text", ""))
    sound = _format(asked)
    response = web.StreamResponse(headers={"Content-Type": f"audio/l16;rate={sound.rate}"})
    await response.prepare(request)
    for piece in sound.pieces(await speaker.say(answer.text, sound)):
        fault = await server.before(answer, request)
        if fault is not Fault.NONE:
            await response.write(GARBLED.encode())
            break
        await response.write(piece)
    await response.write_eof()
    return response
