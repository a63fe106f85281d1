"""OpenAI on this machine: chat completions, models, transcriptions and speech, all for one key."""

from __future__ import annotations

import time
from typing import Any

from aiohttp import web

from . import openai_hearing, openai_speech
from .behaviour import NORMAL, Behaviour, Part
from .brain import Brain, ScriptedBrain
from .ears import EarsOfACall, scripted
from .openai_chat import Chat
from .record import Asked
from .server import Provider
from .voice import Speaker

MODELS = ("gpt-4.1", "gpt-4.1-mini", "gpt-4o", "gpt-4o-mini-transcribe", "gpt-4o-mini-tts", "whisper-1", "tts-1")
_ERRORS = {
    401: ("Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
    404: ("Invalid URL", "invalid_request_error", None),
    429: ("Rate limit reached for requests. Please try again later.", "requests", "rate_limit_exceeded"),
    500: ("The server had an error while processing your request. Sorry about that!", "server_error", None),
}


class OpenAIServer(Provider):
    def __init__(
        self,
        brain: Brain | None = None,
        ears: EarsOfACall | None = None,
        behaviour: Behaviour = NORMAL,
        *,
        seed: int = 0,
        voice: str = "slt",
    ) -> None:
        super().__init__(behaviour, seed=seed)
        self.chat = Chat(self, brain or ScriptedBrain())
        self.ears = ears or scripted()
        self.speaker = Speaker(voice)

    @property
    def base_url(self) -> str:
        """openai.LLM's, openai.STT's and openai.TTS's."""
        return f"{self.address}/v1"

    @property
    def brain(self) -> Brain:
        return self.chat.brain

    @brain.setter
    def brain(self, brain: Brain) -> None:
        self.chat.brain = brain

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/models", self.answering(Part.MODEL, self._models)),
            web.get("/v1/", self.answering(Part.SPEECH, self._nothing)),
            web.post("/v1/chat/completions", self.answering(Part.MODEL, self.chat.complete)),
            web.post("/v1/audio/speech", self.answering(Part.SPEECH, self._speak)),
            web.post("/v1/audio/transcriptions", self.answering(Part.HEARING, self._transcribe)),
        ]

    def is_authorized(self, request: web.Request) -> bool:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        return scheme == "Bearer" and bool(key.strip())

    def refusal(self, status: int) -> dict[str, Any]:
        message, kind, code = _ERRORS[status]
        return {"error": {"message": message, "type": kind, "param": None, "code": code}}

    async def _models(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        created = int(time.time())
        models = [{"id": name, "object": "model", "created": created, "owned_by": "openai"} for name in MODELS]
        return web.json_response({"object": "list", "data": models})

    async def _nothing(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        """openai.TTS warms its connection here; the service knows no such page either."""
        return self.refused(404)

    async def _speak(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        return await openai_speech.speak(self, request, asked, self.speaker)

    async def _transcribe(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        return await openai_hearing.transcribe(self, request, asked, self.ears)
