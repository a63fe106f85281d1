"""The menu's grammar in the recognizer itself."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import pytest
from pocketsphinx import Decoder

from phone_agent.understanding.grammar import grammar_for
from phone_agent.understanding.parser import understand
from phone_agent.voice.offline.grammar import Grammar
from tests.ordering.food_court import the_food_court
from tests.understanding.situations import situation

PIECE = 640
"""Bytes in 20 ms."""
QUIET = bytes(15 * PIECE)


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    grammar = Grammar.spoken(grammar_for(the_food_court()))
    found = Decoder(bestpath=False, loglevel="FATAL")
    for word, sounds in grammar.words.items():
        found.add_word(word, sounds, False)
    found.add_jsgf_string("menu", grammar.jsgf)
    found.activate_search("menu")
    return found


@pytest.mark.parametrize(
    "said",
    [
        "could i have three fish tacos with red salsa please",
        "i'll have two pad thai and a green curry",
        "the strawberry one",
        "what appetizers do you have",
        "yes confirm order",
        "show my cart",
    ],
)
def test_a_spoken_sentence_is_heard_with_its_meaning(decoder: Decoder, tmp_path: Path, said: str) -> None:
    path = tmp_path / "said.wav"
    subprocess.run(["flite", "-voice", "rms", "-t", said, "-o", str(path)], check=True)
    with wave.open(str(path)) as sound:
        samples = QUIET + sound.readframes(sound.getnframes())
    decoder.start_utt()
    for start in range(0, len(samples), PIECE):
        decoder.process_raw(samples[start : start + PIECE])
    decoder.end_utt()
    heard = decoder.hyp()

    assert heard is not None
    assert understand(heard.hypstr, situation("shown")) == understand(said, situation("shown"))
