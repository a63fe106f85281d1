"""A look-up on a menu of a thousand dishes is quick."""

from __future__ import annotations

from statistics import quantiles

import pytest

from bench.matching import LIMIT_MS, generated_menu, measured


@pytest.fixture(scope="module")
def times() -> dict[str, list[float]]:
    return measured(1000, 40)


@pytest.mark.parametrize("kind", ["exact", "alias", "misspelt", "unknown"])
def test_a_dish_is_looked_up_within_five_milliseconds(times: dict[str, list[float]], kind: str) -> None:
    assert quantiles(times[kind], n=20)[-1] <= LIMIT_MS


def test_the_generated_menu_has_as_many_dishes_as_asked_for() -> None:
    names = [item.name for item in generated_menu(1000).items]

    assert len(set(names)) == 1000
