"""One house for the tests in a browser, and another for those that break it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.house import House, open_house


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened
