from __future__ import annotations

import pytest

from phone_agent.callers.pin import PinError, hashed, is_right, random_pin


def test_a_pin_is_known_again_and_no_other_is() -> None:
    kept = hashed("2468")

    assert is_right("2468", kept)
    assert not is_right("2469", kept)
    assert "2468" not in kept


def test_two_of_the_same_are_hashed_differently() -> None:
    assert hashed("2468") != hashed("2468")


@pytest.mark.parametrize("pin", ["", "123", "12345", "12a4", "١٢٣٤"])
def test_what_is_no_pin_is_refused_and_never_right(pin: str) -> None:
    assert not is_right(pin, hashed("2468"))
    with pytest.raises(PinError, match="4 digits"):
        hashed(pin)


def test_a_pin_that_is_made_up_can_be_keyed_in() -> None:
    assert all(is_right(pin, hashed(pin)) for pin in {random_pin() for _ in range(3)})
