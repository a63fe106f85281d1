"""A sentence that the agent says by itself, with {slots}."""

from __future__ import annotations

from enum import StrEnum
from string import Formatter

MINUTES_FOR_ONE = " 1 minutes"


class Said(StrEnum):
    @property
    def slots(self) -> frozenset[str]:
        return frozenset(name for _, name, _, _ in Formatter().parse(self.value) if name)

    def words(self, **slots: str) -> str:
        if slots.keys() != self.slots:
            raise TypeError(f"{self.name} takes {sorted(self.slots)}, not {sorted(slots)}")
        return self.value.format(**slots).replace(MINUTES_FOR_ONE, MINUTES_FOR_ONE.removesuffix("s"))
