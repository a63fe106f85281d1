"""What the agents are told, as prose; one file per agent."""

from __future__ import annotations

from importlib.resources import files


def load_instructions(agent: str) -> str:
    return (files(__name__) / f"{agent}.md").read_text(encoding="utf-8")
