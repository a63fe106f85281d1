"""Lists as a person says them."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.ordering.language import called, in_words


def both(parts: Sequence[str]) -> str:
    return _listed(parts, "{these} and {last}", "{these}, and {last}")


def either(parts: Sequence[str]) -> str:
    return _listed(parts, "{these} or {last}", "{these}, or {last}")


def _listed(parts: Sequence[str], two: str, more: str) -> str:
    names = [called(part) for part in parts]
    if len(names) < 2:
        return "".join(names)
    return in_words(two if len(names) == 2 else more, these=", ".join(names[:-1]), last=names[-1])
