"""An order typed in the terminal: each line is what the caller says, a lone digit, * or # a key press."""

from __future__ import annotations

import asyncio
import sys

from livekit.agents import Agent
from rich.console import Console

from phone_agent.line import Session
from phone_agent.rehearsal.text import TextCall

KEYS = frozenset("0123456789*#")


async def converse(session: Session, agent: Agent) -> None:
    """Until the agent hangs up or the input ends."""
    screen = Console(highlight=False)
    async with TextCall(session, agent) as call:
        for words in call.said:
            screen.print(f"[green]agent[/green]   {words}")
        while not call.is_over:
            typed = await asyncio.to_thread(_read_line)
            if typed is None:
                break
            if not typed.strip():
                continue
            answer = await (call.press(typed.strip()) if typed.strip() in KEYS else call.say(typed))
            screen.print(f"[green]agent[/green]   {answer}")


def _read_line() -> str | None:
    if sys.stdin.isatty():
        sys.stdout.write("caller  ")
        sys.stdout.flush()
    typed = sys.stdin.readline()
    return typed.rstrip("\n") if typed else None
