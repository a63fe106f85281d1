"""Nothing personal in logs: values under keys with a `pii` segment and callers' identities are blotted out."""

from __future__ import annotations

import logging
import re

BLOT = "[redacted]"
LOGGERS = ("livekit", "livekit.agents", "phone_agent")
CALLER_IDENTITY = re.compile(r"\bsip_[^\s\"',}]+")
"""livekit-sip names its participants by the caller's number."""


class Redaction(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        for key, value in list(record.__dict__.items()):
            if "pii" in key.split("."):
                record.__dict__[key] = BLOT
            elif isinstance(value, str):
                record.__dict__[key] = CALLER_IDENTITY.sub(BLOT, value)
        return True


def redact_logs() -> None:
    """For this process; once is enough, twice does no harm."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(old, Redaction) for old in logger.filters):
            logger.addFilter(Redaction())
