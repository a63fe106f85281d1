"""A sentence that the agent says by itself, with {slots}."""

from __future__ import annotations

from enum import StrEnum
from string import Formatter

from phone_agent.ordering.language import called, spoken


def slots_in(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


class Said(StrEnum):
    @property
    def slots(self) -> frozenset[str]:
        return slots_in(self.value)

    @property
    def template(self) -> str:
        """In the caller's language, with its slots."""
        return spoken().language.sentences.get(self.name, self.value)

    def words(self, **slots: str) -> str:
        """In the caller's language, and with the menu's names in it."""
        if slots.keys() != self.slots:
            raise TypeError(f"{self.name} takes {sorted(self.slots)}, not {sorted(slots)}")
        return spoken().language.corrected(
            self.template.format(**{name: called(value) for name, value in slots.items()})
        )
