"""`python phone_agent/agent.py console --text` in a terminal of its own, judged by the order in the store."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from phone_agent.store.sqlite import SqliteStore

pytestmark = pytest.mark.program

AGENT = Path(__file__).parents[1] / "phone_agent" / "agent.py"
ROWS_AND_COLUMNS = struct.pack("HHHH", 50, 200, 0, 0)
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
PROMPT = "\N{HEAVY RIGHT-POINTING ANGLE QUOTATION MARK ORNAMENT} "
ENTER = b"\r"
PATIENCE_SECONDS = 60.0
"""What a slow machine takes."""
TAKEN_SECONDS = 4.0


class Terminal:
    def __init__(self, database: Path) -> None:
        self._screen, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, ROWS_AND_COLUMNS)
        env = {**os.environ, "TERM": "xterm", "PHONE_AGENT_DATABASE": str(database), "PHONE_AGENT_HEALTH_PORT": "0"}
        command = [sys.executable, str(AGENT), "console", "--text"]
        self._process = subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, env=env)
        os.close(inside)

    def type(self, words: str) -> None:
        """Until the prompt has it: what is typed before it reads keys is thrown away."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        os.write(self._screen, words.encode())
        while not self._shows(PROMPT + words, TAKEN_SECONDS):
            assert time.monotonic() < give_up_at
            os.write(self._screen, words.encode())
        os.write(self._screen, ENTER)

    def wait_for(self, words: str) -> None:
        assert self._shows(words, PATIENCE_SECONDS), words

    def _shows(self, words: str, within_seconds: float) -> bool:
        shown, give_up_at = "", time.monotonic() + within_seconds
        while words not in shown and time.monotonic() < give_up_at:
            if select.select([self._screen], [], [], 0.2)[0]:
                shown = ESCAPE.sub("", shown + os.read(self._screen, 65536).decode(errors="replace"))
        return words in shown

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        finally:
            self._process.kill()
            os.close(self._screen)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path / "orders.sqlite3")
    yield opened
    opened.close()


async def test_an_order_typed_into_livekits_console_is_in_the_store(terminal: Terminal, tmp_path: Path) -> None:
    for waits_for, typed in (
        ("Type to talk to your agent", "a caesar salad"),
        ("Added 1 Caesar Salad", "checkout"),
        ("press 1 or say yes", "yes"),
    ):
        terminal.wait_for(waits_for)
        terminal.type(typed)
    terminal.wait_for("order number is #001")

    store = await SqliteStore.open(tmp_path / "orders.sqlite3")
    (record,) = await store.find_calls()
    (order,) = await store.find_orders(profile_id=record.profile_id)
    said = await store.load_transcript(record.id)
    await store.close()
    assert [(line.quantity, line.name) for line in order.lines] == [(1, "Caesar Salad")]
    assert (order.confirmed_by, record.channel) == ("text", "console")
    # LiveKit's text console prints answers only: the greeting is said before anybody has typed.
    assert (said[0].speaker, said[0].text.partition(",")[0]) == ("agent", "Hi")
