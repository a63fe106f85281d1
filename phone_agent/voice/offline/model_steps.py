"""What the offline model's answers are made of: tool calls and sentences."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class ToolUse:
    name: str
    arguments: str

    @classmethod
    def of(cls, name: str, /, **arguments: object) -> ToolUse:
        return cls(name, json.dumps(arguments))


@dataclass(frozen=True)
class Reply:
    uses: tuple[ToolUse, ...] = ()
    sentences: tuple[str, ...] = ()
