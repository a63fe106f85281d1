"""Nothing personal in logs: values under keys with a `pii` segment and callers' identities are blotted out."""

from __future__ import annotations

import logging
import re

BLOT = "[redacted]"
CALLER_IDENTITY = re.compile(r"\bsip_[^\s\"',}]+")
"""livekit-sip names its participants by the caller's number."""
OWN_FIELDS = frozenset((*logging.makeLogRecord({}).__dict__, "message", "asctime"))
formatter = logging.Formatter()


class Redaction(logging.Filter):
    """Stands on handlers: a logger's filter sees nothing of what its child loggers write."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _clean(record.getMessage()), None
        if record.exc_info:
            record.exc_text = record.exc_text or formatter.formatException(record.exc_info)
            record.exc_info = None
        for field in ("exc_text", "stack_info"):
            record.__dict__[field] = _cleaned(record.__dict__[field])
        for key, value in record.__dict__.items():
            if key not in OWN_FIELDS:
                record.__dict__[key] = BLOT if "pii" in key.split(".") else _cleaned(value)
        return True


def redact_logs() -> None:
    """For the handlers that this process has now; once is enough, twice does no harm."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(old, Redaction) for old in handler.filters):
            handler.addFilter(Redaction())


def _clean(text: str) -> str:
    return CALLER_IDENTITY.sub(BLOT, text)


def _cleaned(value: object) -> object:
    """A value that names nobody stays as it is, whatever its type."""
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    return _clean(text) if CALLER_IDENTITY.search(text) else value
