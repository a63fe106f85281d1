"""Lists as a person says them."""

from __future__ import annotations

from collections.abc import Sequence


def both(parts: Sequence[str]) -> str:
    return _listed(parts, "and")


def either(parts: Sequence[str]) -> str:
    return _listed(parts, "or")


def _listed(parts: Sequence[str], last: str) -> str:
    if len(parts) < 3:
        return f" {last} ".join(parts)
    return f"{', '.join(parts[:-1])}, {last} {parts[-1]}"
