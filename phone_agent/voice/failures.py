"""What counts as a recogniser's failure, and how long each is waited for."""

from __future__ import annotations

from livekit.agents import APIError

PROBE_EVERY_SECONDS = 15.0
TRY_SECONDS = 60.0
CONNECT_SECONDS = 2.0
TRY_ALL_AGAIN_SECONDS = 2.0
WORKED_SECONDS = 5.0
FAILURES = (APIError, OSError, LookupError, RuntimeError, TypeError, ValueError)
"""Whatever a recogniser raises: any other would make the agent deaf for the rest of the call."""


class BetterIsBack(Exception):
    """A recogniser that stands earlier in the row works again."""
