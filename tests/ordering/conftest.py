"""Fixtures of the domain's tests."""

from __future__ import annotations

import pytest

from phone_agent.ordering.menu import Menu
from tests.ordering.food_court import the_food_court


@pytest.fixture(scope="session")
def food_court() -> Menu:
    return the_food_court()
