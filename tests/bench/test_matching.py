"""The bench of look-ups measures what it says; how quick they are is told by the bench, not by a test."""

from __future__ import annotations

from bench.matching import generated_menu, measured


def test_every_kind_of_look_up_is_measured() -> None:
    times = measured(50, 40)

    assert {"exact", "alias", "misspelt", "unknown"} <= times.keys()
    assert all(len(found) >= 10 and min(found) > 0 for found in times.values())


def test_the_generated_menu_has_as_many_dishes_as_asked_for() -> None:
    names = [item.name for item in generated_menu(1000).items]

    assert len(set(names)) == 1000
