"""The job by which the doctor sees that a worker is there: taken like a call, and over at once."""

from __future__ import annotations

CHECKUP = "phone-agent checkup"
"""The metadata of such a job."""


def is_checkup(metadata: str) -> bool:
    return metadata == CHECKUP
