"""What must hold of every run against Twilio."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.telephony.half import SECRETS
from tests.twilio.peer import Twilio


@pytest.fixture
def no_secret_is_told(
    twilio: Twilio, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """In no log and no output of any of these runs."""
    caplog.set_level("DEBUG")
    yield
    told = caplog.text + "".join(capfd.readouterr())
    assert not [secret for secret in SECRETS if secret in told]
