"""A tool that the offline model calls, with its arguments."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class ToolUse:
    name: str
    arguments: str

    @classmethod
    def of(cls, name: str, **arguments: object) -> ToolUse:
        return cls(name, json.dumps(arguments))
