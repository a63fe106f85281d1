"""The voices on this machine: flite where it is installed, otherwise espeak-ng; both made off the event loop."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator

import numpy as np

from .espeak import ENGLISH, espeak
from .espeak import SAMPLE_RATE as ESPEAK_RATE
from .flite import SAMPLE_RATE, Flite, Samples, flite

_QUIET = 10 ** (-45 / 20) * 32768
_EDGE = int(0.015 * SAMPLE_RATE)
_CACHED_BYTES = 8_000_000


class VoiceError(Exception):
    """The speech library made no sound of a text."""


class Voice:
    """Says clauses as 16 kHz mono PCM, and remembers what it said: an agent repeats itself."""

    def __init__(self, name: str = "slt", abroad: str = "") -> None:
        """`abroad`: espeak-ng's voice of another language, in the place of `name`."""
        self.name = name
        self.abroad = abroad
        self._said: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    @property
    def engine(self) -> Flite | None:
        return None if self.abroad else flite(self.name)

    async def say(self, text: str) -> AsyncIterator[bytes]:
        """The clause from its first sound to its last, in pieces as they are made."""
        if pcm := self._said.get(text):
            self._said.move_to_end(text)
            yield pcm
            return
        pieces = []
        async for piece in self._make(text):
            pieces.append(piece)
            yield piece
        if not pieces:
            raise VoiceError(f"no sound was made of a text of {len(text)} characters")
        self._remember(text, b"".join(pieces))

    def render(self, text: str) -> bytes:
        """The same in one go, for what is made before anybody calls."""
        made: list[bytes] = []
        trimmer = Trimmer()

        def take(pcm: bytes) -> bool:
            made.append(trimmer.push(pcm))
            return True

        _speak(self.engine, text, take, self.abroad)
        return b"".join(made)

    async def _make(self, text: str) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        made: asyncio.Queue[bytes | None] = asyncio.Queue()
        wanted = True

        def hand_over(pcm: bytes) -> bool:
            loop.call_soon_threadsafe(made.put_nowait, pcm)
            return wanted

        work = asyncio.ensure_future(asyncio.to_thread(_speak, self.engine, text, hand_over, self.abroad))
        work.add_done_callback(lambda _: made.put_nowait(None))
        trimmer = Trimmer()
        try:
            while (pcm := await made.get()) is not None:
                if piece := trimmer.push(pcm):
                    yield piece
            await work
        finally:
            wanted = False

    def _remember(self, text: str, pcm: bytes) -> None:
        self._said[text] = pcm
        self._size += len(pcm)
        while self._size > _CACHED_BYTES and len(self._said) > 1:
            _, dropped = self._said.popitem(last=False)
            self._size -= len(dropped)


class Trimmer:
    """Drops the silence at both ends: flite leads with 0.2 s of it, which a caller would wait for."""

    def __init__(self) -> None:
        self._held = b""
        self._begun = False

    def push(self, pcm: bytes) -> bytes:
        """What may be played now; quiet at the end is held back until a sound follows."""
        self._held += pcm
        samples = np.frombuffer(self._held, np.int16)
        loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _QUIET)
        if not loud.size:
            if not self._begun:
                self._held = self._held[-2 * _EDGE :]
            return b""
        first = 0 if self._begun else max(int(loud[0]) - _EDGE, 0)
        last = min(int(loud[-1]) + _EDGE, len(samples))
        self._begun = True
        ready, self._held = self._held[first * 2 : last * 2], self._held[last * 2 :]
        return ready


def _speak(engine: Flite | None, text: str, hand_over: Samples, abroad: str) -> None:
    if engine:
        engine.speak(text, hand_over)
    else:
        hand_over(_at_sample_rate(espeak().speak(text, abroad or ENGLISH)))


def _at_sample_rate(pcm: bytes) -> bytes:
    samples = np.frombuffer(pcm, np.int16)
    count = len(samples) * SAMPLE_RATE // ESPEAK_RATE
    moments = np.arange(count) * (ESPEAK_RATE / SAMPLE_RATE)
    return bytes(np.interp(moments, np.arange(len(samples)), samples).astype(np.int16))
