"""The language model of a grammar as a file, drawn once and kept: every process of a worker loads the same one."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pocketsphinx import get_model_path

from phone_agent.understanding.answer import answer_in
from phone_agent.voice.offline.grammar import Grammar
from phone_agent.voice.offline.jsgf import Sentences
from phone_agent.voice.offline.pronunciation import ALSO
from phone_agent.voice.offline.rivals import rivals_of
from phone_agent.voice.offline.trigrams import Trigrams

DRAWN = 44_000
DRAWN_FOR_READ_BACK = 12_000
TIMES_OF_A_RIVAL = 80
VERSION = 8
ALWAYS = frozenset(("yes", "no"))
APART = 0.05
"""So often a phrase is said word by word, with pauses."""
JOINT = "_"
_VARIANT = re.compile(r"\(\d+\)$")
_MOST_VARIANTS = 4


@dataclass(frozen=True)
class Language:
    model: Path
    """Trigrams, ARPA format."""
    read_back: Path | None
    """The same for answers to a read-back."""
    dictionary: Path
    """Its words only: with the whole dictionary of English a decoder takes thirty times longer to build."""


def language_of(grammar: Grammar, folder: Path | None = None) -> Language:
    """Takes seconds the first time for a grammar, nothing afterwards."""
    folder = folder or Path(tempfile.gettempdir()) / f"phone-agent-language-{os.getuid()}"
    told = (VERSION, DRAWN, DRAWN_FOR_READ_BACK, grammar.jsgf, grammar.read_back, sorted(grammar.words.items()))
    name = hashlib.sha256(repr(told).encode()).hexdigest()[:24]
    read_back = folder / f"{name}.read_back.arpa" if grammar.read_back else None
    language = Language(folder / f"{name}.arpa", read_back, folder / f"{name}.dict")
    if not language.model.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not language.model.exists():
                _make(language, grammar)
    return language


def _make(language: Language, grammar: Grammar) -> None:
    trigrams = Trigrams(_drawn(grammar.jsgf, DRAWN))
    units, sounds = trigrams.words | ALWAYS, dict(grammar.words)
    if language.read_back:
        answers = list(_drawn(grammar.read_back, DRAWN_FOR_READ_BACK))
        rivals = rivals_of(_sounds_of_yes(answers, grammar.words))
        sounds |= rivals
        heard = Trigrams([*answers, *([rival] for rival in rivals for _ in range(TIMES_OF_A_RIVAL))])
        units |= heard.words
        _write(language.read_back, heard.arpa())
    _write(language.dictionary, _dictionary(units, sounds))
    _write(language.model, trigrams.arpa())


def _sounds_of_yes(answers: Iterable[Sequence[str]], sounds: Mapping[str, str]) -> list[str]:
    words = {answer[0] for answer in answers if len(answer) == 1 and JOINT not in answer[0]}
    return [
        sound for ways in _sounds_of({w for w in words if answer_in(w) == "yes"}, sounds).values() for sound in ways
    ]


def _drawn(jsgf: str, number: int) -> Iterator[list[str]]:
    sentences, chance = Sentences(jsgf), Random(number)
    for _ in range(number):
        phrases = sentences.draw()
        if phrases and chance.random() < APART:
            yield " ".join(phrases).split()
        elif phrases:
            yield [phrase.replace(" ", JOINT) for phrase in phrases]


def _dictionary(units: Collection[str], sounds: Mapping[str, str]) -> str:
    known = _sounds_of({word for unit in units for word in unit.split(JOINT)}, sounds)
    return "".join(
        f"{unit}{f'({n})' if n > 1 else ''} {sound}\n"
        for unit in sorted(units)
        for n, sound in enumerate(_phrase_sounds([known[word] for word in unit.split(JOINT)]), 1)
    )


def _sounds_of(words: Collection[str], sounds: Mapping[str, str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {word: [sounds[word]] if word in sounds else [] for word in words}
    with Path(get_model_path(), "en-us", "cmudict-en-us.dict").open(encoding="latin-1") as lines:
        for line in lines:
            word, _, sound = line.partition(" ")
            if (plain := _VARIANT.sub("", word)) in found:
                found[plain].append(sound.strip())
    for word in ALSO.keys() & found.keys():
        found[word].append(ALSO[word])
    return found


def _phrase_sounds(words: Sequence[Sequence[str]]) -> list[str]:
    """Every word as it is usually said, then one word at a time as it may be said instead."""
    usual = [ways[0] for ways in words]
    others = [[*usual[:at], way, *usual[at + 1 :]] for at, ways in enumerate(words) for way in ways[1:]]
    most = None if len(words) == 1 else _MOST_VARIANTS
    return list(dict.fromkeys(" ".join(way) for way in [usual, *others][:most]))


def _write(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="latin-1") as scratch:
        scratch.write(text)
    Path(scratch.name).replace(path)
