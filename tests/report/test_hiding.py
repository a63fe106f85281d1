"""Neither cards nor codes are kept of what a model told a tool."""

from __future__ import annotations

import json

import pytest

from phone_agent.report.hiding import hidden
from phone_agent.report.model import ToolUse


def told(arguments: object, result: str = "") -> ToolUse:
    return hidden(ToolUse("quick_add_to_cart", 1.0, 2.0, json.dumps(arguments), result))


@pytest.mark.parametrize(
    "note",
    [
        "4111 1111 1111 1111",
        "card 4111-1111",
        "2468",
        "my pin is two four six eight",
        "1234 Lake Street",
        "mi pin es dos cuatro seis ocho",
    ],
)
def test_a_run_of_four_digits_or_more_is_blotted_out_wherever_it_stands(note: str) -> None:
    kept = told({"items": [{"quantity": 2, "note": note}]})

    assert json.loads(kept.arguments)["items"][0]["quantity"] == 2
    assert "[number]" in kept.arguments
    assert not any(digits in kept.arguments for digits in ("4111", "2468", "two four", "dos cuatro", "1234"))


def test_a_number_that_is_no_text_is_blotted_out_too() -> None:
    assert json.loads(told({"code": 2468, "quantity": 12, "yes": True, "no": None}).arguments) == {
        "code": "[number]", "quantity": 12, "yes": True, "no": None,
    }  # fmt: skip


def test_what_the_answer_repeats_of_it_is_blotted_out_and_prices_stay() -> None:
    kept = told({"note": "4111 1111"}, "Added Pad Thai with the note 4111 1111. That is $46.98.")

    assert kept.result == "Added Pad Thai with the note [number]. That is $46.98."


def test_what_is_no_json_is_read_as_words() -> None:
    assert hidden(ToolUse("x", 1.0, 2.0, "my card is 4111111111111111", "")).arguments == '"my card is [number]"'
