"""`phone-agent understand`: what stands on stdout and stderr, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from phone_agent.cli import app
from phone_agent.ordering.menu_file import MenuFileError

MENU = Path(__file__).parents[1] / "understanding" / "menus" / "morning_cup.json"
LATTE = {"id": "a", "utterance": "a large latte with two extra shots no foam"}
LATTE_ITEM = {
    "item": "latte",
    "size": "large",
    "quantity": 1,
    "options": [
        {"name": "espresso-shot", "amount": 2, "negated": False},
        {"name": "foam", "amount": None, "negated": True},
    ],
    "half": None,
}


def run(lines: str | bytes, *more: str) -> Result:
    return CliRunner().invoke(app, ["understand", "--menu", str(MENU), *more], input=lines)


def test_a_line_is_answered_with_its_items() -> None:
    result = run(json.dumps(LATTE) + "\n")

    assert json.loads(result.stdout) == {"id": "a", "items": [LATTE_ITEM], "unmatched": []}
    assert result.exit_code == 0


def test_expected_lines_are_graded_whatever_their_order(tmp_path: Path) -> None:
    other = {**LATTE_ITEM, "options": LATTE_ITEM["options"][::-1]}  # type: ignore[index]
    expected = tmp_path / "expected.jsonl"
    expected.write_text("\n".join(json.dumps({"id": name, "items": [other]}) for name in "ab"), encoding="utf-8")
    result = run(json.dumps(LATTE) + '\n{"id": "b", "utterance": "a mocha"}\n', "--expect", str(expected))

    assert [json.loads(line)["exact"] for line in result.stdout.splitlines()] == [True, False]
    assert result.stderr.splitlines()[-1] == "exact 1 of 2"


def test_words_not_understood_are_summed_up_most_frequent_first() -> None:
    rows = [("1", "a latte with glitter"), ("2", "a mocha with pepper"), ("3", "a purple glitter croissant")]
    result = run("".join(json.dumps({"id": name, "utterance": said}) + "\n" for name, said in rows))

    assert [line.split() for line in result.stderr.splitlines()[1:]] == [
        ["2", "glitter"],
        ["1", "pepper"],
        ["1", "purple"],
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nonsense", "stdin, line 2: not JSON"),
        ('{"id": "b"}', "stdin, line 2: utterance: Field required"),
        ('{"utterance": "a latte"}', "stdin, line 2: id"),
        (json.dumps(LATTE), "stdin, line 2: id a was on line 1 already"),
        ("[1]", "stdin, line 2"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_read(line: str, told: str) -> None:
    result = run(f'{json.dumps(LATTE)}\n{line}\n\n{{"id": "z", "utterance": "a mocha"}}\n')

    assert told in result.stderr
    assert [json.loads(row)["id"] for row in result.stdout.splitlines()] == ["a", "z"]
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("name", "item", "told"),
    [
        ("a", {"item": "pancake"}, 'id a: the menu has no item "pancake"'),
        ("a", {"item": "latte", "size": "huge"}, 'id a: "latte" has no size "huge"'),
        ("a", {"item": "latte", "options": [{"name": "shot"}]}, 'id a: "latte" has no option "shot"'),
        ("b", LATTE_ITEM, "id a: nothing is expected of it"),
        ("b", LATTE_ITEM, "expected, but not among the lines: b"),
    ],
)
def test_an_expectation_that_cannot_be_met_is_told(
    tmp_path: Path, name: str, item: dict[str, object], told: str
) -> None:
    expected = tmp_path / "expected.jsonl"
    expected.write_text(json.dumps({"id": name, "items": [item]}), encoding="utf-8")
    result = run(json.dumps(LATTE) + "\n", "--expect", str(expected))

    assert told in result.stderr
    assert result.exit_code == 2


def test_ids_of_several_restaurants_are_told(tmp_path: Path) -> None:
    menu = json.loads(MENU.read_text(encoding="utf-8"))
    menu["restaurants"].append({**menu["restaurants"][0], "id": "second-cup", "name": "Second Cup"})
    both = tmp_path / "both.json"
    both.write_text(json.dumps(menu), encoding="utf-8")
    result = CliRunner().invoke(app, ["understand", "--menu", str(both)], input="")

    assert "of several restaurants: " in result.stderr
    assert "latte" in result.stderr


def test_a_byte_order_mark_costs_no_line() -> None:
    result = run(b"\xef\xbb\xbf" + json.dumps(LATTE).encode() + b"\n")

    assert [json.loads(row)["id"] for row in result.stdout.splitlines()] == ["a"]
    assert result.exit_code == 0


def test_a_line_in_another_encoding_is_told() -> None:
    result = run(b'{"id": "b", "utterance": "a caf\xe9"}\n' + json.dumps(LATTE).encode() + b"\n")

    assert "stdin, line 1: not UTF-8" in result.stderr
    assert [json.loads(row)["id"] for row in result.stdout.splitlines()] == ["a"]


def test_mistakes_of_the_menu_are_listed(tmp_path: Path) -> None:
    menu = tmp_path / "menu.json"
    menu.write_text('{"format": 1, "restaurants": []}', encoding="utf-8")
    result = CliRunner().invoke(app, ["understand", "--menu", str(menu)], input="")

    assert isinstance(result.exception, MenuFileError)
    assert "restaurants: needs at least one" in str(result.exception)
