"""Logs name nobody."""

from __future__ import annotations

import logging

import pytest

from phone_agent.redaction import BLOT, NUMBER_BLOT, masked, redact_logs


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


@pytest.mark.parametrize(
    "number",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111111111111111",
        "3782 822463 10005",
        "four one one one one one one one one one one one one one one one",
        "Four, one, one, one. One one one one, one one one one one one one one",
        "four triple one, double one double one, triple one one double one double one",
        "forty one eleven, eleven eleven, eleven eleven, eleven eleven",
        "four thousand one hundred eleven, eleven eleven, eleven eleven, eleven eleven",
        "oh oh one two three four five six seven eight nine 0",
        "4111 one one one one 1111 1111",
    ],
)
def test_a_card_number_is_masked_however_it_is_said(number: str) -> None:
    assert masked(f"my card is {number}, thanks") == f"my card is {NUMBER_BLOT}, thanks"


@pytest.mark.parametrize(
    "text",
    [
        "call me at +1 407 555 0142",
        "two pad thai, one green curry and three cokes",
        "twelve hundred Main Street, zip code 32801",
        "one two three four five six seven eight nine oh one",
        "someone ordered tenderloin for ten at 7:30",
    ],
)
def test_what_is_shorter_than_a_card_number_is_kept(text: str) -> None:
    assert masked(text) == text
