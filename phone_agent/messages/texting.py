"""Texts by Twilio: sent once as far as Twilio lets one know, and what its refusals mean."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from phone_agent.clients.twilio import BROKEN, OUT_OF_REACH, TOO_MANY
from phone_agent.store.outbox import Refusal, State

SEND_S = 40.0
"""Well within a claim: a text whose claim has run out is not under way any more."""
SEARCHED = 50
CLOCKS_DIFFER = timedelta(minutes=5)
STATUS_PATH = "/api/twilio/status"
STOPPED = 21610
UNREACHABLE = (21211, 21214, 21217, 21614, 30005, 30006)
"""No number, no mobile one, or one that its carrier delivers no texts to."""
KEY_REFUSED = (401, 403)
STATES: Mapping[str, State] = {
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}
"""Twilio's last words; all others mean that it is on its way."""


class NotNow(Exception):
    """Twilio took it not, or perhaps did; the reason is in the message."""

    def __init__(self, reason: str, *, is_unsure: bool) -> None:
        super().__init__(reason)
        self.is_unsure = is_unsure


class Refused(Exception):
    """Twilio will never take it. Its code is the message."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.refusal = refusal_of(code)


@dataclass(frozen=True)
class Accepted:
    sid: str
    state: State


class Texting:
    def __init__(self, client: Client, sender: str, public_url: str | None) -> None:
        self._client = client
        self._sender = sender
        self._public_url = public_url

    async def send(self, message_id: str, to: str, words: str) -> Accepted:
        """Raises NotNow, Refused."""
        wanted: dict[str, Any] = {"to": to, "from_": self._sender, "body": words}
        if self._public_url:
            wanted["status_callback"] = f"{self._public_url}{STATUS_PATH}?{urlencode({'message': message_id})}"
        try:
            async with asyncio.timeout(SEND_S):
                return _accepted(await self._client.messages.create_async(**wanted))
        except OUT_OF_REACH as error:
            raise NotNow(type(error).__name__, is_unsure=True) from error
        except TwilioException as error:
            raise _meant_by(error) from error

    async def find(self, to: str, fingerprint: str, since: datetime) -> Accepted | None:
        """One that went out though nobody heard so. Raises NotNow.

        Twilio keeps no key of ours; a text names its order or its code, so that no other is the same.
        """
        try:
            async with asyncio.timeout(SEND_S):
                found = await self._client.messages.list_async(to=to, from_=self._sender, limit=SEARCHED)
        except (*OUT_OF_REACH, TwilioException) as error:
            raise NotNow(type(error).__name__, is_unsure=False) from error
        ours = (one for one in found if is_of(fingerprint, one.body) and one.date_created >= since - CLOCKS_DIFFER)
        return next(map(_accepted, ours), None)


def fingerprint_of(words: str) -> str:
    """Says nothing of them, and is the same for no others."""
    return f"{len(words)}:{sha256(words.encode()).hexdigest()}"


def is_of(fingerprint: str, body: str) -> bool:
    """A trial account's texts begin with words of Twilio's own."""
    length = int(fingerprint.partition(":")[0])
    return fingerprint_of(body[-length:]) == fingerprint


def refusal_of(code: int | None) -> Refusal | None:
    if code == STOPPED:
        return "stopped"
    return "unreachable" if code in UNREACHABLE else None


def state_of(status: str) -> State:
    return STATES.get(status, "sent")


def _accepted(sent: Any) -> Accepted:  # noqa: ANN401 - the SDK is untyped
    return Accepted(sent.sid, state_of(str(sent.status)))


def _meant_by(error: TwilioException) -> NotNow | Refused:
    status = error.status if isinstance(error, TwilioRestException) else BROKEN
    code = int(getattr(error, "code", None) or 0)
    if status == TOO_MANY or status in KEY_REFUSED:
        return NotNow(f"Twilio says {code or status}", is_unsure=False)
    if status >= BROKEN:
        return NotNow(f"Twilio says {code or status}", is_unsure=True)
    return Refused(code or status)
