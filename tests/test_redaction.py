"""Logs name nobody."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from phone_agent.redaction import BLOT, redact_logs

IDENTITY = "sip_+14075550142"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a handler of the root logger writes, as LiveKit's command line installs one."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logging.Formatter("%(message)s %(reason)s", defaults={"reason": ""}))
    logging.getLogger().addHandler(handler)
    redact_logs()
    yield text
    logging.getLogger().removeHandler(handler)


def test_values_under_pii_keys_and_callers_identities_are_blotted_out(caplog: pytest.LogCaptureFixture) -> None:
    redact_logs()
    logger = logging.getLogger("livekit.agents")
    with caplog.at_level(logging.INFO, logger="livekit.agents"):
        extra = {
            "lk.pii.user_transcript": "my number is 555",
            "participant": IDENTITY,
            "people": [IDENTITY],
            "reason": "bye",
            "count": 3,
        }
        logger.info("closing for sip_+14075550142", extra=extra)

    (record,) = caplog.records
    assert record.__dict__["lk.pii.user_transcript"] == BLOT
    assert record.__dict__["participant"] == BLOT
    assert record.__dict__["people"] == f"['{BLOT}']"
    assert (record.__dict__["reason"], record.__dict__["count"]) == ("bye", 3)
    assert "4075550142" not in record.getMessage()


@pytest.mark.parametrize("name", ["phone_agent", "phone_agent.dtmf", "livekit.plugins.anything", "somebody.elses"])
def test_child_loggers_arguments_and_tracebacks_name_nobody(name: str, written: io.StringIO) -> None:
    try:
        raise KeyError(IDENTITY)
    except KeyError:
        logging.getLogger(name).exception("%s has left %s", IDENTITY, "the room", extra={"reason": IDENTITY})

    text = written.getvalue()
    assert "4075550142" not in text
    assert f"{BLOT} has left the room {BLOT}" in text
    assert "Traceback" in text
    assert f"KeyError: '{BLOT}'" in text


def test_redacting_twice_adds_one_filter(written: io.StringIO) -> None:
    redact_logs()
    redact_logs()

    (handler,) = [
        h for h in logging.getLogger().handlers if isinstance(h, logging.StreamHandler) and h.stream is written
    ]
    assert len(handler.filters) == 1
