"""The hosted bench's ears know which line it was, over a telephone and in each voice."""

from __future__ import annotations

import pytest

from bench.hosted_lines import VOICES, all_lines
from bench.hosted_providers import KnownLines, shapes_of
from bench.voices import heard_over, resampled
from phone_agent.rehearsal.sound import RATE, read_wav
from phone_agent.rehearsal.speech_of_caller import speak
from phone_agent.voice.offline.recognizer import SAMPLE_RATE


@pytest.mark.hearing
@pytest.mark.parametrize("voice", VOICES)
async def test_each_line_is_told_from_all_the_others(voice: str) -> None:
    ears = KnownLines({line: await shapes_of(line) for line in all_lines()})
    heard = {}
    for line in all_lines():
        sound = resampled(read_wav(await speak(line, voice)), RATE, SAMPLE_RATE)
        ears.hear(heard_over("clean", sound))
        heard[line] = ears.end()

    assert heard == {line: line for line in all_lines()}


def test_what_was_no_speech_is_forgotten() -> None:
    ears = KnownLines({"yes": []})
    ears.hear(b"\1\0" * 100)
    ears.forget()

    assert ears.so_far() == ""
    assert not ears._pcm
