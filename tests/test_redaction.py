"""Logs name nobody."""

from __future__ import annotations

import logging

import pytest

from phone_agent.redaction import BLOT, redact_logs


def test_values_under_pii_keys_and_callers_identities_are_blotted_out(caplog: pytest.LogCaptureFixture) -> None:
    redact_logs()
    logger = logging.getLogger("livekit.agents")
    with caplog.at_level(logging.INFO, logger="livekit.agents"):
        extra = {"lk.pii.user_transcript": "my number is 555", "participant": "sip_+14075550142", "reason": "bye"}
        logger.info("closing for sip_+14075550142", extra=extra)

    (record,) = caplog.records
    assert record.__dict__["lk.pii.user_transcript"] == BLOT
    assert record.__dict__["participant"] == BLOT
    assert record.__dict__["reason"] == "bye"
    assert "4075550142" not in record.getMessage()


def test_redacting_twice_adds_one_filter() -> None:
    redact_logs()
    redact_logs()

    assert len([f for f in logging.getLogger("livekit.agents").filters if type(f).__name__ == "Redaction"]) == 1
