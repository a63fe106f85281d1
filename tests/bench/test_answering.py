"""A table of answers over a line that loses packets: persons are spoken to, and every beep is waited for."""

from __future__ import annotations

import pytest
from rich.console import Console

from bench.answering import measure

pytestmark = pytest.mark.hearing


def test_persons_are_spoken_to_and_machines_have_the_message_after_their_beep() -> None:
    counted = measure(["rms"], Console(quiet=True), lines=["clipped"])
    wrong = {key: many for key, many in counted.items() if not key[2].startswith("right")}

    assert sum(counted.values()) == 46
    assert set(wrong) <= {("clipped", "machine without a beep", "taken for a person")}
    assert sum(wrong.values()) <= 1
