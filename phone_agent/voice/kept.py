"""Words made beforehand: where no voice speaks any more, prompts and the order are put together of them."""

from __future__ import annotations

import fcntl
import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from livekit.agents import DEFAULT_API_CONNECT_OPTIONS, APIConnectionError, APIConnectOptions, tts, utils

from phone_agent.languages import known_codes, load_language
from phone_agent.ordering.menu import Menu, OptionGroup
from phone_agent.ordering.slots_of_sentences import SENTENCES
from phone_agent.voice.offline.flite import SAMPLE_RATE
from phone_agent.voice.offline.speakable import speakable
from phone_agent.voice.offline.tts import clauses
from phone_agent.voice.offline.voices import Voice
from phone_agent.voice.said_before import shared_folder

Words = Mapping[str, "np.ndarray[tuple[int], np.dtype[np.int16]]"]
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand point oh and "
    "dollar dollars cent cents tax fee delivery the a m p o clock"
)
VERSION = 1
_SLOT = re.compile(r"\{\w+\}")
_WORD = re.compile(r"[a-z']+")
_BETWEEN_WORDS = np.zeros(int(0.04 * SAMPLE_RATE), np.int16)


def words_in(text: str) -> list[str]:
    """Without accents: an English voice makes "jalapeno" of "jalapeño", and nothing of its halves."""
    letters = unicodedata.normalize("NFKD", speakable(text)).lower()
    return _WORD.findall("".join(letter for letter in letters if not unicodedata.combining(letter)))


def vocabulary(menu: Menu) -> list[str]:
    """Any sentence may come up where a caller orders by keypad: about a dish that is sold out, or a key too many."""
    languages = [load_language(code) for code in known_codes()]
    small_words = [phrase for language in languages for phrase in (language.name, *language.phrases)]
    said = [_SLOT.sub(" ", text) for text in (*(sentence.value for sentence in SENTENCES), *small_words)]
    names = [
        name
        for place in menu.restaurants
        for name in (place.name, f"{place.name}'s", *(section.title for section in place.sections))
    ]
    dishes = [
        name
        for item in menu.items
        for name in (item.name, *(text for group in item.option_groups for text in (group.title, *_labels(group))))
    ]
    return sorted({word for text in (NUMBERS, *said, *names, *dishes) for word in words_in(text)})


def _labels(group: OptionGroup) -> Iterable[str]:
    return (modifier.label for modifier in group.modifiers)


def kept_words(menu: Menu, voice: Voice, folder: Path | None = None) -> Words:
    """Made once for a menu and shared by all processes as a file; takes seconds the first time."""
    words = vocabulary(menu)
    folder = folder or shared_folder("words")
    told = (VERSION, voice.name, voice.engine is None, words)
    file = folder / f"{hashlib.sha256(repr(told).encode()).hexdigest()[:24]}.npz"
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                _make(file, words, voice)
    with np.load(file) as made:
        return dict(made)


def _make(file: Path, words: Iterable[str], voice: Voice) -> None:
    made = {word: np.frombuffer(voice.render(word), np.int16) for word in words}
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".npz", delete=False) as scratch:
        np.savez(scratch, **made)  # type: ignore[arg-type]
    Path(scratch.name).replace(file)


class KeptTTS(tts.TTS[Any]):
    """`names`: whose words may be left out, since a caller knows their own name."""

    def __init__(self, words: Words, *, names: Callable[[], str] = str) -> None:
        super().__init__(capabilities=tts.TTSCapabilities(streaming=False), sample_rate=SAMPLE_RATE, num_channels=1)
        self.words = words
        self._names = names

    def sayable(self, text: str) -> list[str]:
        """Raises APIConnectionError where a word is missing that is no name."""
        words = words_in(text)
        missing = {word for word in words if word not in self.words}
        if missing - set(words_in(self._names())):
            raise APIConnectionError("not among the words that were made beforehand", retryable=False)
        return [word for word in words if word not in missing]

    @property
    def model(self) -> str:
        return "words"

    @property
    def provider(self) -> str:
        return "kept"

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> tts.ChunkedStream:
        return KeptSpeech(tts=self, input_text=text, conn_options=conn_options)


class KeptSpeech(tts.ChunkedStream):
    _tts: KeptTTS

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        said = [(self._tts.sayable(clause), pause) for clause, pause in clauses(self._input_text)]
        output_emitter.initialize(
            request_id=utils.shortuuid("kept_"), sample_rate=SAMPLE_RATE, num_channels=1, mime_type="audio/pcm"
        )
        for words, pause in said:
            for word in words:
                output_emitter.push(self._tts.words[word].tobytes() + _BETWEEN_WORDS.tobytes())
            output_emitter.push(bytes(int(pause * SAMPLE_RATE) * 2))
        output_emitter.flush()
