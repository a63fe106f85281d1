"""Twilio as the tests have it: its real SDK speaks with prism, and prism with a stateful account in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.twilio.account import Account
from tests.twilio.prism import Prism
from tests.twilio.service import TwilioService


@dataclass
class Twilio:
    service: TwilioService
    url: str
    """Where the SDK asks: TWILIO_BASE_URL."""

    @property
    def account(self) -> Account:
        return self.service.account

    @property
    def env(self) -> dict[str, str]:
        return {
            "TWILIO_ACCOUNT_SID": self.account.sid,
            "TWILIO_PHONE_NUMBER": "+14075550100",
            "TWILIO_AUTH_TOKEN": self.account.token,
            "TWILIO_BASE_URL": self.url,
        }


@contextmanager
def running_twilio(folder: Path) -> Iterator[Twilio]:
    service = TwilioService()
    service.start()
    prism = Prism.start(service.url, folder)
    yield Twilio(service, prism.url)
    prism.stop()
    service.stop()
