"""Cartesia on this machine: sonic over a WebSocket (`/tts/websocket`) and in one request (`/tts/bytes`)."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from typing import Any

from aiohttp import web

from .behaviour import NORMAL, Behaviour, Fault, Part
from .hearing_stream import words_of
from .phonemes import spelt
from .record import Answer, Asked
from .server import GARBLED, Dropped, Provider, texts
from .voice import Format, Speaker

_FIELDS = {
    "model_id", "transcript", "voice", "language", "context_id", "output_format", "add_timestamps", "continue", "flush",
    "add_phoneme_timestamps", "use_normalized_timestamps", "max_buffer_delay_ms", "generation_config", "duration",
    "pronunciation_dict_id", "speed",
}  # fmt: skip
_REQUIRED = ("model_id", "transcript", "voice", "output_format")
_ERRORS = {401: "Invalid API key", 429: "Too many concurrent requests", 500: "Internal server error"}


class CartesiaServer(Provider):
    def __init__(self, behaviour: Behaviour = NORMAL, *, seed: int = 0, voice: str = "slt") -> None:
        super().__init__(behaviour, seed=seed)
        self.speaker = Speaker(voice)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/tts/websocket", self.answering(Part.SPEECH, self._converse)),
            web.post("/tts/bytes", self.answering(Part.SPEECH, self._speak_once)),
            web.get("/voices", self.answering(Part.SPEECH, self._voices)),
        ]

    async def _voices(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        return web.json_response({"data": [], "has_more": False})

    def is_authorized(self, request: web.Request) -> bool:
        return bool(request.headers.get("X-API-Key") or request.query.get("api_key"))

    def refusal(self, status: int) -> dict[str, Any]:
        return {"error": _ERRORS[status], "status_code": status}

    def error_message(self, status: int) -> dict[str, Any]:
        return {"type": "error", "done": True, "error": _ERRORS[status], "status_code": status}

    async def _converse(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        contexts: dict[str, _Context] = {}
        async with self.socket(request, asked, Part.SPEECH) as socket:
            try:
                async for message in texts(socket, asked):
                    if isinstance(message, dict):
                        await self._obey(message, contexts, request, socket, asked)
            finally:
                for context in contexts.values():
                    context.cancel()
        return socket

    async def _obey(
        self,
        message: dict[str, Any],
        contexts: dict[str, _Context],
        request: web.Request,
        socket: web.WebSocketResponse,
        asked: Asked,
    ) -> None:
        name = str(message.get("context_id", ""))
        if message.get("cancel"):
            if name in contexts:
                contexts.pop(name).cancel()
            return
        wrong = what_is_wrong(message)
        if wrong:
            await socket.send_json(
                {"type": "error", "done": True, "error": wrong, "status_code": 400, "context_id": name}
            )
            return
        if name not in contexts or contexts[name].is_over:
            contexts[name] = _Context(self, request, socket, asked, name)
        contexts[name].take(message)

    async def _speak_once(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        asked.body = await request.json()
        wrong = what_is_wrong(asked.body)
        if wrong:
            return web.json_response({"error": wrong, "status_code": 400}, status=400)
        answer = self.begin(asked, Part.SPEECH)
        answer.text = asked.body["transcript"]
        sound = format_of(asked.body)
        response = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
        await response.prepare(request)
        for piece in sound.pieces(await self.speaker.say(spelt(answer.text), sound)):
            if await self.before(answer, request) is not Fault.NONE:
                await response.write(GARBLED.encode())
                break
            await response.write(piece)
        await response.write_eof()
        return response


class _Context:
    """One voice that goes on over several transcripts, in their order."""

    def __init__(
        self, server: CartesiaServer, request: web.Request, socket: web.WebSocketResponse, asked: Asked, name: str
    ) -> None:
        self._server, self._request, self._socket, self._asked = server, request, socket, asked
        self._name = name
        self._answer: Answer | None = None
        self._spoken_s = 0.0
        self._flushes = 0
        self._waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.is_over = False
        self._task = asyncio.create_task(self._run())

    def take(self, message: dict[str, Any]) -> None:
        if self._answer is None and str(message["transcript"]).strip():
            self._answer = self._server.begin(self._asked, Part.SPEECH)
        self.is_over = not message.get("continue")
        self._waiting.put_nowait(message)

    def cancel(self) -> None:
        self._task.cancel()

    async def _run(self) -> None:
        with contextlib.suppress(Dropped, ConnectionError):
            while True:
                message = await self._waiting.get()
                await self._speak(message)
                if message.get("flush"):
                    self._flushes += 1
                    await self._send({"type": "flush_done", "flush_done": True, "flush_id": self._flushes})
                if not message.get("continue"):
                    await self._send({"type": "done", "done": True, "status_code": 200})
                    return

    async def _speak(self, message: dict[str, Any]) -> None:
        text = str(message["transcript"])
        if not text.strip():
            return
        sound = format_of(message)
        said = await self._server.speaker.say(spelt(text), sound)
        if self._answer is not None:
            self._answer.text += text
        if message.get("add_timestamps"):
            await self._send({"type": "timestamps", "word_timestamps": self._timestamps(text, sound.seconds(said))})
        for piece in sound.pieces(said):
            await self._send({"type": "chunk", "data": base64.b64encode(piece).decode(), "step_time": 10.0})
        self._spoken_s += sound.seconds(said)

    def _timestamps(self, text: str, seconds: float) -> dict[str, list[Any]]:
        words = words_of(text, self._spoken_s, self._spoken_s + seconds)
        return {
            "words": [word["punctuated_word"] for word in words],
            "start": [word["start"] for word in words],
            "end": [word["end"] for word in words],
        }

    async def _send(self, message: dict[str, Any]) -> None:
        if self._answer is None:
            self._answer = self._server.begin(self._asked, Part.SPEECH)
        whole = {"done": False, "status_code": 206, **message, "context_id": self._name}
        await self._server.send(self._socket, self._request, self._answer, whole)


def format_of(message: dict[str, Any]) -> Format:
    wanted = message["output_format"]
    return Format(int(wanted.get("sample_rate", 0)), str(wanted.get("encoding", "")))


def what_is_wrong(message: dict[str, Any]) -> str:
    for name in _REQUIRED:
        if name not in message:
            return f"Invalid request: {name} is required"
    unknown = sorted(set(message) - _FIELDS)
    if unknown:
        return f"Invalid request: unknown field {unknown[0]}"
    if not str(message["model_id"]).startswith("sonic"):
        return f"Invalid model: {message['model_id']} is not a valid model ID"
    if message["voice"].get("mode") != "id" or not message["voice"].get("id"):
        return "Invalid voice: mode must be id"
    if message["output_format"].get("container") != "raw" or not format_of(message).is_known:
        return "Invalid output format"
    speed = (message.get("generation_config") or {}).get("speed", 1.0)
    return "" if 0.6 <= speed <= 1.5 else "Invalid generation_config: speed must be between 0.6 and 1.5"
