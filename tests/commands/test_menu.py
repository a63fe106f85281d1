"""`phone-agent menu` on a real store: what it says, and what it leaves behind."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from phone_agent.commands.menu import app
from phone_agent.ordering.menu import Menu
from phone_agent.store.sqlite import SqliteStore
from tests.builders import item_named
from tests.ordering.menus import the_corner_text

Run = Callable[..., tuple[int, str]]
REPO = Path(__file__).parents[2]
PRICE = {"price": "2.75"}


@pytest.fixture
def run(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Words of the command line → exit code and what was printed; `typed` is what the operator answers."""
    monkeypatch.setenv("PHONE_AGENT_DATABASE", str(shutil.copy(migrated, tmp_path / "store.sqlite3")))

    def ran(*words: str, typed: str = "") -> tuple[int, str]:
        outcome = CliRunner().invoke(app, words, input=typed, catch_exceptions=False)
        return outcome.exit_code, outcome.output

    return ran


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "corner.json"
    path.write_text(the_corner_text())
    return path


def stored(folder: Path) -> Menu:
    async def load() -> Menu:
        store = await SqliteStore.open(folder / "store.sqlite3")
        try:
            return await store.load_menu()
        finally:
            await store.close()

    return asyncio.run(load())


def test_check_names_every_mistake_with_its_line(run: Run, file: Path) -> None:
    file.write_text(the_corner_text(tea={"price": "free", "aliases": [""]}))

    code, said = run("check", str(file))

    lines = file.read_text().splitlines()
    assert code == 1
    assert [lines[int(line.split(":")[1]) - 1].strip() for line in said.splitlines()] == ['"price": "free",', '""']


def test_check_of_a_good_file_counts_what_is_in_it(run: Run, file: Path) -> None:
    assert run("check", str(file)) == (0, f"{file}: 1 restaurants, 9 items, 0 warnings\n")


def test_a_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    code, said = run("check", str(tmp_path / "nowhere.json"))

    assert code == 2
    assert "nowhere.json" in said


def test_importing_the_same_file_twice_changes_nothing(run: Run, file: Path) -> None:
    first, again = run("import", str(file)), run("import", str(file))

    assert first == (0, "Imported corner.json: nothing changed.\n")
    assert again == (0, "Nothing changed.\n")


def test_an_import_says_what_changed_and_keeps_the_history(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", str(file))
    before = file.read_text()
    file.write_text(the_corner_text(tea=PRICE))

    code, said = run("import", str(file))

    assert (code, said) == (0, "repriced  The Corner: Tea: $2.00 → $2.75\nImported corner.json: 1 repriced.\n")
    assert item_named(stored(tmp_path), "Tea").price_cents == 275
    assert json.loads(run("history", "1")[1]) != json.loads(before) == json.loads(run("history", "2")[1])


def test_a_sold_out_dish_is_shown_and_comes_back(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", str(file))

    assert run("sold-out", "tea")[0] == 0
    assert not item_named(stored(tmp_path), "Tea").is_available
    assert "sold out" in run("show", "corner")[1]
    assert run("back", "tea") == (0, "Tea is to be had again.\n")
    assert item_named(stored(tmp_path), "Tea").is_available


@pytest.mark.parametrize(("until", "hour"), [("18:00", 18), ("2030-01-05T07:30", 7), ("2030-01-05T12:30Z", 7)])
def test_sold_out_until_a_time_of_the_restaurant(run: Run, file: Path, tmp_path: Path, until: str, hour: int) -> None:
    run("import", str(file))

    code, said = run("sold-out", "tea", "--until", until)

    at = item_named(stored(tmp_path), "Tea").sold_out_until
    assert (code, "is sold out until" in said) == (0, True)
    assert at is not None
    assert at.hour in {hour + 4, hour + 5}


@pytest.mark.parametrize("until", ["tomorrow", "2020-01-01", "2020-01-01T18:00"])
def test_a_time_that_is_none_or_has_passed_is_refused(run: Run, file: Path, tmp_path: Path, until: str) -> None:
    run("import", str(file))

    assert run("sold-out", "tea", "--until", until)[0] == 2
    assert item_named(stored(tmp_path), "Tea").is_available


def test_an_unclear_dish_is_asked_back(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", str(file))

    code, said = run("sold-out", "pizza", typed="2\n")

    assert (code, "1  Garden Pizza at The Corner" in said) == (0, True)
    assert [i.name for i in stored(tmp_path).items if not i.is_available] == ["Farmer Pizza"]
    assert run("back", "pizza", typed="7\n")[0] == 2


def test_an_import_that_would_close_a_restaurant_asks_for_replace(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", str(file))
    file.write_text(the_corner_text(place={"id": "newcomer", "name": "The Newcomer"}))

    refused = run("import", str(file))
    after_refusal = stored(tmp_path)
    meant = run("import", str(file), "--replace")

    assert refused == (1, "corner.json would close The Corner. If that is meant, add --replace.\n")
    assert [(place.name, place.is_active) for place in after_refusal.restaurants] == [("The Corner", True)]
    assert meant[0] == 0
    assert "removed   The Corner" in meant[1]
    assert {place.name: place.is_active for place in stored(tmp_path).restaurants} == {
        "The Corner": False, "The Newcomer": True}  # fmt: skip


@pytest.mark.parametrize("days", [0, 3])
def test_a_day_alone_is_sold_out_to_its_end(run: Run, file: Path, tmp_path: Path, days: int) -> None:
    run("import", str(file))
    zone = ZoneInfo(stored(tmp_path).restaurants[0].timezone)
    day = datetime.now(zone).date() + timedelta(days=days)

    assert run("sold-out", "tea", "--until", day.isoformat())[0] == 0
    at = item_named(stored(tmp_path), "Tea").sold_out_until
    assert at == datetime.combine(day + timedelta(days=1), time(), zone)


def test_a_dish_that_only_sounds_like_it_is_asked_about(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", str(file))

    refused = run("sold-out", "farmar", "pitza", typed="n\n")
    plural = run("sold-out", "garden", "pizzas")

    assert (refused[0], "Do you mean Farmer Pizza at The Corner?" in refused[1]) == (1, True)
    assert (plural[0], "Do you mean" in plural[1]) == (0, False)
    assert [item.name for item in stored(tmp_path).items if not item.is_available] == ["Garden Pizza"]


def test_what_is_not_on_the_menu_is_said_as_to_staff(run: Run, file: Path) -> None:
    run("import", str(file))

    code, said = run("sold-out", "lobster")

    assert (code, "What else would you like" in said) == (2, False)
    assert "nothing on the menu is called" in said


def test_a_mistake_is_told_with_every_bracket(file: Path, tmp_path: Path) -> None:
    """A coupon's code may look like markup of the terminal."""
    coupons = [{"code": "[b]10", "percent": 10}, {"code": "b10", "percent": 10}]
    file.write_text(the_corner_text(place={"coupons": coupons}))
    words = [sys.executable, "-c", "from phone_agent.cli import main; main()", "menu", "import", str(file)]
    env = {"PHONE_AGENT_DATABASE": str(tmp_path / "store.sqlite3"), "PYTHONPATH": str(REPO)}
    done = subprocess.run(words, env=env, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == 1
    assert '"b10" is said like "[b]10"' in " ".join(done.stderr.split())
