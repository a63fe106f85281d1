"""Settings of running it: the doctor's key of a stranger, and whether a worker mends a server without its trunk."""

from __future__ import annotations

from pydantic import BaseModel, Field


class RunningSettings(BaseModel):
    provision_again: bool = Field(True, alias="PHONE_AGENT_PROVISION_AGAIN")
    """Whether a worker makes trunk and rule again on a server that has none at all, as Redis leaves it without data."""
    supabase_anon_key: str | None = Field(None, alias="SUPABASE_ANON_KEY", repr=False)
    """The key of pages: the doctor tries whether it opens what it must not."""
