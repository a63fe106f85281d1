"""OpenAI's `/v1/audio/speech`: in the formats it offers, as bytes or as server-sent events."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import av
from aiohttp import web

from .behaviour import Fault, Part
from .record import Answer, Asked
from .server import GARBLED, Provider
from .voice import Format, Speaker

_RATE = 24000
_SOUND = Format(_RATE)
_PIECE = 8000
_CODECS = {
    "mp3": ("mp3", "libmp3lame", "audio/mpeg"),
    "opus": ("ogg", "libopus", "audio/ogg"),
    "flac": ("flac", "flac", "audio/flac"),
    "wav": ("wav", "pcm_s16le", "audio/wav"),
    "pcm": ("", "", "audio/pcm"),
}
_FIELDS = {"model", "input", "voice", "response_format", "speed", "instructions", "stream_format"}
_MOST_LETTERS = 4096
_BYTES_ONLY = ("tts-1", "tts-1-hd")


async def speak(server: Provider, request: web.Request, asked: Asked, speaker: Speaker) -> web.StreamResponse:
    asked.body = await request.json()
    wrong = what_is_wrong(asked.body)
    if wrong:
        return web.json_response(wrong, status=400)
    answer = server.begin(asked, Part.SPEECH)
    answer.text = asked.body["input"]
    is_sse = asked.body.get("stream_format") == "sse"
    form = asked.body.get("response_format", "mp3")
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream" if is_sse else _CODECS[form][2]})
    await response.prepare(request)
    sound = compressed(await speaker.say(answer.text, _SOUND), form)
    for start in range(0, len(sound), _PIECE):
        if not await _send(server, request, response, answer, sound[start : start + _PIECE], is_sse=is_sse):
            return response
    if is_sse:
        tokens = len(answer.text) // 4 + 1
        usage = {"input_tokens": tokens, "output_tokens": len(sound) // 100, "total_tokens": tokens}
        await response.write(f"data: {json.dumps({'type': 'speech.audio.done', 'usage': usage})}\n\n".encode())
    await response.write_eof()
    return response


async def _send(
    server: Provider, request: web.Request, response: web.StreamResponse, answer: Answer, piece: bytes, *, is_sse: bool
) -> bool:
    """Whether the sound goes on."""
    fault = await server.before(answer, request)
    if fault is not Fault.NONE:
        await response.write(f"data: {GARBLED}\n\n".encode() if is_sse else GARBLED.encode())
        await response.write_eof()
        return False
    if is_sse:
        event = {"type": "speech.audio.delta", "audio": base64.b64encode(piece).decode()}
        piece = f"data: {json.dumps(event)}\n\n".encode()
    await response.write(piece)
    return True


def compressed(pcm: bytes, form: str) -> bytes:
    container, codec, _ = _CODECS[form]
    if not container:
        return pcm
    made = io.BytesIO()
    with av.open(made, "w", format=container) as out:
        rate = 48000 if codec == "libopus" else _RATE
        stream = out.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
        frame.sample_rate = _RATE
        frame.planes[0].update(pcm)
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=rate)
        fifo = av.AudioFifo()
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            part.pts = None
            fifo.write(part)
        while (filled := fifo.read(stream.frame_size or 1024, partial=True)) is not None:
            out.mux(stream.encode(filled))
        out.mux(stream.encode(None))
    return made.getvalue()


def what_is_wrong(body: dict[str, Any]) -> dict[str, Any] | None:
    problem, param = "", None
    unknown = sorted(set(body) - _FIELDS)
    missing = [name for name in ("model", "input", "voice") if not body.get(name)]
    if unknown:
        problem = f"Unrecognized request argument supplied: {unknown[0]}"
    elif missing:
        problem, param = f"Missing required parameter: '{missing[0]}'.", missing[0]
    elif len(body["input"]) > _MOST_LETTERS:
        problem, param = f"String should have at most {_MOST_LETTERS} characters", "input"
    elif body.get("response_format", "mp3") not in _CODECS:
        problem, param = f"Invalid value: '{body['response_format']}'.", "response_format"
    elif not 0.25 <= body.get("speed", 1.0) <= 4.0:
        problem, param = "Invalid 'speed': must be between 0.25 and 4.0.", "speed"
    elif body.get("stream_format") == "sse" and body["model"] in _BYTES_ONLY:
        problem, param = f"'sse' is not supported for {body['model']}.", "stream_format"
    error = {"message": problem, "type": "invalid_request_error", "param": param, "code": None}
    return {"error": error} if problem else None
