"""A trigram language model of what callers say, in the ARPA format: Witten-Bell smoothing, interpolated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log10

ORDER = 3
START, END = "<s>", "</s>"
NEVER = -99.0
LEAST = 2
"""Three words that met once tell little, and are most of the file."""

Gram = tuple[str, ...]


class Trigrams:
    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        self._counts: list[Counter[Gram]] = [Counter() for _ in range(ORDER + 1)]
        for sentence in sentences:
            self._count([START, *sentence, END])
        self._counts[ORDER] = Counter({gram: n for gram, n in self._counts[ORDER].items() if n >= LEAST})
        self._followed: Counter[Gram] = Counter()
        """How often something came after these words."""
        self._kinds: Counter[Gram] = Counter()
        """How many different words came after them."""
        for counts in self._counts[1:]:
            for gram, count in counts.items():
                self._followed[gram[:-1]] += count
                self._kinds[gram[:-1]] += 1

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for (word,) in self._counts[1] if word not in (START, END))

    def arpa(self) -> str:
        header = "".join(f"ngram {n}={len(self._counts[n])}\n" for n in range(1, ORDER + 1))
        blocks = "".join(f"\n\\{n}-grams:\n{self._block(n)}" for n in range(1, ORDER + 1))
        return f"\\data\\\n{header}{blocks}\n\\end\\\n"

    def _count(self, words: Sequence[str]) -> None:
        for n in range(1, ORDER + 1):
            self._counts[n].update(tuple(words[at : at + n]) for at in range(len(words) - n + 1))

    def _block(self, n: int) -> str:
        return "".join(f"{self._entry(gram)}\n" for gram in sorted(self._counts[n]))

    def _entry(self, gram: Gram) -> str:
        probability = NEVER if gram == (START,) else log10(self._probability(gram))
        backoff = f"\t{log10(self._unseen(gram)):.4f}" if len(gram) < ORDER and gram[-1] != END else ""
        return f"{probability:.4f}\t{' '.join(gram)}{backoff}"

    def _probability(self, gram: Gram) -> float:
        if len(gram) == 1:
            return (self._counts[1][gram] + 1) / (self._followed[()] + len(self._counts[1]))
        shorter = self._probability(gram[1:])
        unseen = self._unseen(gram[:-1])
        if unseen == 1:
            return shorter
        return (1 - unseen) * self._counts[len(gram)][gram] / self._followed[gram[:-1]] + unseen * shorter

    def _unseen(self, words: Gram) -> float:
        """How likely something follows that never did."""
        kinds = self._kinds[words]
        return kinds / (self._followed[words] + kinds) if kinds else 1.0
