"""Fixtures of the domain's tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

from phone_agent.ordering.menu import Menu
from tests.ordering.food_court import the_food_court

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(scope="session")
def food_court() -> Menu:
    return the_food_court()
