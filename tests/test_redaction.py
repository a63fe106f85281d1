"""Logs name nobody."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from phone_agent.redaction import BLOT, NUMBER_BLOT, masked, redact_logs

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


@pytest.mark.parametrize(
    "number",
    [
        "cuatro uno uno uno, uno uno uno uno, uno uno uno uno, uno uno uno uno",
        "Cuatro mil ciento once, once once, once once, once once",
        "cuarenta y uno, treinta y dos, cincuenta y tres, veintidós, noventa y uno",
        "doble cuatro, triple cinco, dieciséis, veintitres, quinientos, cero nueve",
        "cuatro one uno 1 dos two seis siete ocho nueve cero cero",
    ],
)
def test_a_card_number_said_in_spanish_is_masked(number: str) -> None:
    assert masked(f"mi tarjeta es {number}, gracias") == f"mi tarjeta es {NUMBER_BLOT}, gracias"


@pytest.mark.parametrize(
    "text", ["dos pizzas y tres refrescos, una ensalada", "mi número es cuatro cero siete cinco cinco cinco"]
)
def test_what_is_shorter_than_a_card_number_is_kept_in_spanish(text: str) -> None:
    assert masked(text) == text
