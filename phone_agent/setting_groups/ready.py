"""Settings of calls to callers: when the order is ready."""

from __future__ import annotations

from pydantic import BaseModel, Field


class ReadySettings(BaseModel):
    ready_retry_minutes: float = Field(3, alias="PHONE_AGENT_READY_RETRY_MINUTES", gt=0, le=60)
    """After so long a caller who was not reached is rung once more."""
    ready_ring_seconds: int = Field(30, alias="PHONE_AGENT_READY_RING_SECONDS", ge=1, le=120)
    """How long a caller is rung; long enough for a voicemail to answer."""
