"""Callers' numbers, as they come from trunks."""

from __future__ import annotations

import pytest

from phone_agent.callers.caller import to_e164


@pytest.mark.parametrize(
    "number", ["+14075550142", "14075550142", "4075550142", "(407) 555-0142", "407-555-0142", "tel:+1-407-555-0142"]
)
def test_one_number_has_one_form(number: str) -> None:
    assert to_e164(number) == "+14075550142"


@pytest.mark.parametrize("number", [None, "", "anonymous", "Restricted", "unknown", "0", "+1", "12", "+" + "9" * 30])
def test_a_withheld_or_malformed_number_is_nobodys(number: str | None) -> None:
    assert to_e164(number) is None


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert to_e164("+44 20 7946 0958") == "+442079460958"
