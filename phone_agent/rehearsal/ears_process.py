"""The recogniser behind the caller's ears, in a process of its own because it holds the interpreter while it works."""

import json
import re
import struct
import sys
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from pocketsphinx import Decoder

HEADER = struct.Struct(">cI")
GRAMMAR, BEGIN, PIECE, END = b"g", b"b", b"p", b"e"
TAPS = 63
# The acoustic model expects sound up to 6.8 kHz. What the telephone cut off is replaced by a faint mirror image of
# what it kept; without it three times as many words are wrong.
MIRROR = 0.45
SEARCH = "agent"
# Below 4 kHz an S sounds like an F, and like a breath before a vowel: without it "six" is heard as "eight".
MUFFLED_START = re.compile(r"^S (?=[AEIOU])")
MUFFLED = re.compile(r"\bS\b")
# The network leaves so little choice that each word more must be worth it ("fifty eight cents" is not "fifty cents"),
# and that the search may look widely.
WORD_LIKELY = 1e-3
BEAM, WORD_BEAM = 1e-80, 1e-60
VARIANT = "(9)"


class Widener:
    """8 kHz to 16 kHz, piece by piece."""

    def __init__(self) -> None:
        places = np.arange(TAPS) - TAPS // 2
        self._filter: npt.NDArray[np.float64] = (1 - MIRROR) * np.sinc(places / 2) * np.hamming(TAPS)
        self._filter[TAPS // 2] += MIRROR * 2
        self._before = np.zeros(TAPS - 1)

    def widen(self, pcm: bytes) -> bytes:
        stretched = np.zeros(len(pcm))
        stretched[::2] = np.frombuffer(pcm, dtype="<i2")
        line = np.concatenate((self._before, stretched))
        self._before = line[-(TAPS - 1) :]
        wide = np.convolve(line, self._filter, mode="valid")
        return np.clip(np.rint(wide), -32768, 32767).astype("<i2").tobytes()


Step = tuple[int, int, float, str]


def network_in(grammar: str) -> tuple[int, int, list[Step]]:
    """Start, end and steps (from, to, how likely, word or "") of a network in the FSG format."""
    places: dict[str, int] = {}
    steps: list[Step] = []
    for kind, *rest in (line.split() for line in grammar.splitlines()):
        if kind == "TRANSITION":
            source, target, likely, word = [*rest, ""][:4]
            steps.append((int(source), int(target), float(likely), word))
        elif rest:
            places[kind] = int(rest[0])
    return places["START_STATE"], places["FINAL_STATE"], steps


class Listener:
    def __init__(self) -> None:
        # pocketsphinx looks through the whole network once per variant of a word, which takes longer than all the rest.
        search = {"beam": BEAM, "pbeam": BEAM, "wbeam": WORD_BEAM, "wip": WORD_LIKELY}
        self._decoder = Decoder(lm=None, loglevel="FATAL", bestpath=False, fsgusealtpron=False, **search)
        self._widener = Widener()

    def use(self, grammar: str, words: list[str], sounds: dict[str, str]) -> None:
        variants = {word: self._variants(word, sounds.get(word, "")) for word in words}
        start, end, steps = network_in(grammar)
        said = [(*step[:3], variant) for step in steps if step[3] for variant in variants[step[3]]]
        silent = [step[:3] for step in steps if not step[3]]
        self._decoder.add_fsg(SEARCH, self._decoder.create_fsg(SEARCH, start, end, [*said, *silent]))
        self._decoder.activate_search(SEARCH)

    def _variants(self, word: str, sounds: str) -> list[str]:
        """The word and its other pronunciations, each as the dictionary names it."""
        known = self._decoder.lookup_word(word)
        if known is None:
            self._decoder.add_word(word, sounds, False)
        muffled = MUFFLED.sub("F", MUFFLED_START.sub("HH ", known or sounds))
        if muffled != (known or sounds) and self._decoder.lookup_word(f"{word}{VARIANT}") is None:
            self._decoder.add_word(f"{word}{VARIANT}", muffled, False)
        names = (word, *(f"{word}({n})" for n in range(2, 10)))
        return [name for name in names if self._decoder.lookup_word(name) is not None]

    def begin(self) -> None:
        self._widener = Widener()
        self._decoder.start_utt()

    def hear(self, pcm: bytes) -> None:
        self._decoder.process_raw(self._widener.widen(pcm), no_search=False, full_utt=False)

    def end(self) -> dict[str, object]:
        so_far = self._decoder.hyp()
        self._decoder.end_utt()
        whole = self._decoder.hyp()
        best = whole or so_far
        return {"text": best.hypstr if best else "", "is_whole": whole is not None}


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Ends with its input, so that nothing is left when the caller goes."""
    listener = Listener()
    while len(header := requests.read(HEADER.size)) == HEADER.size:
        kind, length = HEADER.unpack(header)
        body = requests.read(length)
        reply: dict[str, object] | None = None
        if kind == PIECE:
            listener.hear(body)
        elif kind == BEGIN:
            listener.begin()
        elif kind == END:
            reply = listener.end()
        elif kind == GRAMMAR:
            listener.use(**json.loads(body))
            reply = {}
        if reply is not None:
            replies.write(json.dumps(reply).encode() + b"\n")
            replies.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
