"""What came of a call in which something failed, and whether it is good enough."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bench.faults.board import ADD, Board
from bench.faults.cells import Cell
from bench.faults.silences import Silence

HEARD_WITHIN_S = 2.0
RIGHT = [[1, "Caesar Salad"]]


@dataclass(frozen=True)
class Row:
    """One line of the results' file."""

    gone: str
    fault: str
    moment: str
    orders: list[list[list[object]]]
    """Each order's lines."""
    outcome: str
    is_closed: bool
    was_hung_up_on: bool
    """The agent ended the call, as it should after a goodbye."""
    silences: list[tuple[str, float]]
    """Each of the agent's turns, up to its first sound, and wherever it broke off."""
    said: int
    added: int
    """How often the tool ran that puts into the cart."""
    asked: int
    """Requests to the model."""
    paid_twice: int
    """Whole answers of the model to a question that it had answered before."""
    load: float

    @property
    def name(self) -> tuple[str, str, str]:
        return self.gone, self.fault, self.moment

    @property
    def longest_silence_s(self) -> float:
        return max(seconds for _, seconds in self.silences)

    def faults(self) -> list[str]:
        """Why the cell is not good; the silence is a quantity of its own."""
        wrong = {
            "wrong order": self.orders not in ([], [RIGHT]),
            "not closed": not self.is_closed,
            "outcome": self.outcome != ("ordered" if self.orders else "abandoned"),
            "tool twice": self.added > self.said,
            "paid twice": self.paid_twice > 0,
            "silent": self.longest_silence_s > HEARD_WITHIN_S,
        }
        return [name for name, is_wrong in wrong.items() if is_wrong]

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def judged(
    board: Board, cell: Cell | None, number: str, heard: Sequence[Silence], *, said: int, is_closed: bool,
    was_hung_up_on: bool, load: float,
) -> Row:  # fmt: skip
    kitchen, asked = board.kitchen, [one for one in board.providers.openai.log if one.path.endswith("completions")]
    answered = Counter(
        json.dumps(one.body["messages"]) for one in asked if one.status == 200 and any(a.done_at for a in one.answers)
    )
    return Row(
        cell.gone if cell else "nothing",
        cell.fault if cell else "none",
        cell.moment if cell else "never",
        kitchen.lines_of_orders(number),
        kitchen.outcome(number),
        is_closed,
        was_hung_up_on,
        [(silence.what, round(silence.seconds, 2)) for silence in heard],
        said,
        (kitchen.tools(number) or []).count(ADD),
        len(asked),
        sum(count - 1 for count in answered.values()),
        round(load, 1),
    )
