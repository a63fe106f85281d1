"""OpenAI's `/v1/audio/transcriptions`: one recording, one text."""

from __future__ import annotations

import wave
from typing import Any

from aiohttp import web

from .behaviour import Fault, Part
from .deepgram_nova import words_in
from .ears import EarsOfACall
from .hearing_stream import punctuated
from .record import Asked
from .server import GARBLED, Provider

_FIELDS = {
    "file", "model", "language", "languages[]", "keywords[]", "prompt", "response_format", "temperature", "stream",
    "timestamp_granularities[]", "include[]", "chunking_strategy",
}  # fmt: skip
_WITH_HINTS = ("gpt-transcribe", "gpt-live-transcribe")


async def transcribe(server: Provider, request: web.Request, asked: Asked, ears: EarsOfACall) -> web.StreamResponse:
    form = await request.post()
    asked.body = {name: value for name, value in form.items() if isinstance(value, str)}
    file = form.get("file")
    if not isinstance(file, web.FileField):
        return _refused("Missing required parameter: 'file'.", "file")
    wrong = _what_is_wrong(set(form), asked.body)
    if wrong:
        return _refused(wrong, None)
    with file.file:
        sound = file.file.read()
    asked.audio_bytes = len(sound)
    answer = server.begin(asked, Part.HEARING)
    try:
        text, seconds = words_in(ears, sound)
    except (wave.Error, EOFError):
        return _refused("Audio file might be corrupted or unsupported", "file")
    answer.text = punctuated(text)
    fault = await server.before(answer, request)
    if fault is not Fault.NONE:
        return web.Response(text=GARBLED, content_type="application/json", status=fault.status or 200)
    said: dict[str, Any] = {"text": answer.text}
    if asked.body.get("response_format") == "verbose_json":
        return web.json_response({**said, "task": "transcribe", "language": "english", "duration": seconds})
    heard, written = int(seconds * 10), len(answer.text) // 4 + 1
    usage = {"type": "tokens", "input_tokens": heard, "output_tokens": written, "total_tokens": heard + written}
    return web.json_response({**said, "usage": usage})


def _what_is_wrong(names: set[str], body: dict[str, str]) -> str:
    unknown = sorted(names - _FIELDS)
    if unknown:
        return f"Unrecognized request argument supplied: {unknown[0]}"
    if not body.get("model"):
        return "you must provide a model parameter"
    hints = {"languages[]", "keywords[]"} & names
    if hints and not body["model"].startswith(_WITH_HINTS):
        return f"'{sorted(hints)[0]}' is not supported for {body['model']}."
    return ""


def _refused(message: str, param: str | None) -> web.Response:
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": None}
    return web.json_response({"error": error}, status=400)
