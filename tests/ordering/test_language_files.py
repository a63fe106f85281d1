"""A languages file that is broken is told by its name."""

from __future__ import annotations

import pytest

from phone_agent.languages import file_of, language_in, parsed
from phone_agent.settings import SettingsError


@pytest.mark.parametrize("content", [b"name = ", 'name = "espa\u00f1ol"'.encode("latin-1")])
def test_a_file_that_cannot_be_read_is_named(content: bytes) -> None:
    with pytest.raises(SettingsError, match=r"^es\.toml: "):
        parsed(content, "es.toml")


def test_a_file_that_lacks_a_list_is_named_with_it() -> None:
    file = {key: value for key, value in file_of("es").items() if key != "unfinished"}

    with pytest.raises(SettingsError, match=r"^es\.toml: .*unfinished"):
        language_in(file, "es")


def test_a_list_that_is_none_is_named() -> None:
    with pytest.raises(SettingsError, match=r"^es\.toml: yes must be a list"):
        language_in({**file_of("es"), "yes": "sí"}, "es")
