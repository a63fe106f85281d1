"""Short sentences that a provider's voice has said before are heard at once; nothing of a caller is among them."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from livekit import rtc

from phone_agent.languages import languages_of
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.slots_of_sentences import SENTENCES
from phone_agent.ordering.wording_slots import phrases_by_kind
from phone_agent.voice.spelling import with_sounds

MOST_LETTERS = 80
MOST_DIGITS = 6
"""A price or an order number; a telephone number has more, and totals are hardly ever the same twice."""
DIGITS_OF_A_ZIP_CODE = 5
MOST_BYTES = 64 * 1024 * 1024
"""Some thousand sentences at 24 kHz."""
_SLOT = re.compile(r"\{\w+\+?\}")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")


def shared_folder(name: str) -> Path:
    """Where this machine's processes of the same user keep what can be made again at any time.

    Another user's folder of that name is not trusted; then each process has one of its own.
    """
    folder = Path(tempfile.gettempdir()) / f"phone-agent-{name}-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder if folder.stat().st_uid == os.getuid() else Path(tempfile.mkdtemp(prefix=f"phone-agent-{name}-"))


def words_of(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def own_words(menu: Menu, codes: Iterable[str]) -> frozenset[str]:
    """All words of the agent's own sentences and of the menu, in all languages: none of them is a caller's."""
    texts = [sentence.value for sentence in SENTENCES]
    texts += [phrase for phrases in phrases_by_kind(menu).values() for phrase in phrases]
    for language in languages_of(tuple(codes)):
        texts += [*language.sentences.values(), *language.phrases.values()]
        texts += [name for place in menu.restaurants for _, name in place.names_in(language.code)]
    return frozenset(word for text in texts for word in words_of(_SLOT.sub(" ", text)))


class Shelf:
    """Sounds as files, which all processes share; those that were not wanted for longest are thrown away first."""

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def get(self, key: str) -> bytes | None:
        file = self._file(key)
        try:
            sound = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        return sound

    def put(self, key: str, sound: bytes) -> None:
        """A full or read-only disk is no reason not to go on: it is said anew then."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as scratch:
                scratch.write(sound)
            Path(scratch.name).replace(self._file(key))
            self._make_room()
        except OSError:
            return

    def _make_room(self) -> None:
        known = sorted((entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(self._folder))
        too_many = sum(size for _, size, _ in known) - self._most_bytes
        for _, size, path in known:
            if too_many <= 0:
                return
            Path(path).unlink(missing_ok=True)
            too_many -= size

    def _file(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode()).hexdigest()


class SaidBefore:
    """`voice` tells apart whatever sounds different; `own` is what may be kept, `private` what this caller has told."""

    def __init__(
        self, shelf: Shelf, *, voice: Callable[[], str], own: frozenset[str], private: Callable[[], str] = str
    ) -> None:
        self._shelf = shelf
        self._voice = voice
        self._own = own
        self._private = private

    def sound_of(self, text: str, rate: int) -> rtc.AudioFrame | None:
        if not self.may_keep(text):
            return None
        sound = self._shelf.get(self._key(text, rate))
        return rtc.AudioFrame(sound, rate, 1, len(sound) // 2) if sound else None

    def keep(self, text: str, frames: Sequence[rtc.AudioFrame], rate: int) -> None:
        if frames and self.may_keep(text):
            self._shelf.put(self._key(text, rate), bytes(rtc.combine_audio_frames([*frames]).data))

    def may_keep(self, text: str) -> bool:
        words, numbers = words_of(text), _NUMBER.findall(text)
        if not words or len(text) > MOST_LETTERS or not words <= self._own or words & words_of(self._private()):
            return False
        return sum(map(len, numbers)) <= MOST_DIGITS and max(map(len, numbers), default=0) < DIGITS_OF_A_ZIP_CODE

    def _key(self, text: str, rate: int) -> str:
        """With the sounds of loan words, so that what was kept goes when they change."""
        return f"{self._voice()}|{rate}|{with_sounds(text)}"
