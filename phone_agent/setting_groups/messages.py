"""Settings of what is told after a call: texts to callers, and webhooks to a point-of-sale system."""

from __future__ import annotations

import binascii
from base64 import b64decode
from datetime import time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from phone_agent.setting_groups.voice import Address

SHORTEST_SECRET, LONGEST_SECRET = 24, 64
"""Bytes, as the scheme of the signatures asks."""


def _secret(value: str) -> str:
    try:
        length = len(b64decode(value.strip().removeprefix("whsec_"), validate=True))
    except binascii.Error:
        length = 0
    if not SHORTEST_SECRET <= length <= LONGEST_SECRET:
        raise ValueError('must be "whsec_" and 24 to 64 random bytes as base64 (openssl rand -base64 32).')
    return value.strip()


def _hours(value: str) -> str:
    try:
        quiet_times(value)
    except ValueError as error:
        raise ValueError("must be two times of day, such as 21:00-08:00; two equal ones for none.") from error
    return value.strip()


def quiet_times(value: str) -> tuple[time, time]:
    """From and until. Raises ValueError."""
    begins, _, ends = value.strip().partition("-")
    return time.fromisoformat(begins), time.fromisoformat(ends)


class MessageSettings(BaseModel):
    texts: bool = Field(True, alias="PHONE_AGENT_TEXTS")
    """Whether callers are texted: receipt, order ready, call-back code. Needs Twilio's keys."""
    quiet_hours: Annotated[str, AfterValidator(_hours)] = Field("21:00-08:00", alias="PHONE_AGENT_QUIET_HOURS")
    """When no text goes out that is not the answer to what the caller has just done; the restaurant's time."""
    webhook_url: Address | None = Field(None, alias="PHONE_AGENT_WEBHOOK_URL")
    """Where a point-of-sale system is told of orders; only together with its secret."""
    webhook_secret: Annotated[str, AfterValidator(_secret)] | None = Field(
        None, alias="PHONE_AGENT_WEBHOOK_SECRET", repr=False
    )
    """What its webhooks are signed with: whsec_ and base64."""
