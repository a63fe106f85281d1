"""The language model of a grammar as a file, drawn once and kept: every process of a worker loads the same one."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pocketsphinx import get_model_path

from phone_agent.voice.offline.jsgf import Sentences
from phone_agent.voice.offline.pronunciation import ALSO
from phone_agent.voice.offline.trigrams import Trigrams

DRAWN = 40_000
VERSION = 3
ALWAYS = frozenset(("yes", "no"))
_ALSO = "(9)"
_VARIANT = re.compile(r"\(\d+\)$")


@dataclass(frozen=True)
class Language:
    model: Path
    """Trigrams, ARPA format."""
    dictionary: Path
    """Its words only: with the whole dictionary of English a decoder takes thirty times longer to build."""


def language_of(jsgf: str, sounds: Mapping[str, str], folder: Path | None = None) -> Language:
    """Takes seconds the first time for a grammar, nothing afterwards. `sounds`: for words that are not English."""
    folder = folder or Path(tempfile.gettempdir()) / f"phone-agent-language-{os.getuid()}"
    name = hashlib.sha256(f"{VERSION} {DRAWN} {jsgf} {sorted(sounds.items())}".encode()).hexdigest()[:24]
    language = Language(folder / f"{name}.arpa", folder / f"{name}.dict")
    if not language.model.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not language.model.exists():
                _make(language, jsgf, sounds)
    return language


def _make(language: Language, jsgf: str, sounds: Mapping[str, str]) -> None:
    trigrams = Trigrams(_drawn(jsgf))
    _write(language.dictionary, _dictionary(trigrams.words | ALWAYS, sounds))
    _write(language.model, trigrams.arpa())


def _drawn(jsgf: str) -> Iterator[list[str]]:
    sentences = Sentences(jsgf)
    return (sentence for _ in range(DRAWN) if (sentence := sentences.draw()))


def _dictionary(words: Collection[str], sounds: Mapping[str, str]) -> str:
    with Path(get_model_path(), "en-us", "cmudict-en-us.dict").open(encoding="latin-1") as lines:
        english = [line for line in lines if _VARIANT.sub("", line.split(" ", 1)[0]) in words]
    also = [f"{word}{_ALSO} {ALSO[word]}\n" for word in sorted(ALSO.keys() & words)]
    return "".join([*english, *(f"{word} {sound}\n" for word, sound in sorted(sounds.items())), *also])


def _write(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="latin-1") as scratch:
        scratch.write(text)
    Path(scratch.name).replace(path)
