"""Nothing personal in logs, and no card number anywhere: what is blotted out, and how it is told."""

from __future__ import annotations

import logging
import re

BLOT = "[redacted]"
CALLER_IDENTITY = re.compile(r"\bsip_[^\s\"',}]+")
"""livekit-sip names its participants by the caller's number."""
FEWEST_DIGITS_OF_A_CARD = 12
DIGITS_OF_A_PIN = 4
NUMBER_BLOT = "[number]"
_ONE = (
    "zero oh o one two three four five six seven eight nine cero uno un una dos tres cuatro cinco seis siete ocho nueve"
)
_TWO = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "diez once doce trece catorce quince dieciséis dieciseis diecisiete dieciocho diecinueve "
    "veinte veintiún veintiun veintiuno veintiuna veintidós veintidos veintitrés veintitres veinticuatro veinticinco "
    "veintiséis veintiseis veintisiete veintiocho veintinueve "
    "treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil"
)
_THREE = (
    "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos "
    "doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas novecientas"
)
DIGITS_IN_WORD = dict.fromkeys(_ONE.split(), 1) | dict.fromkeys(_TWO.split(), 2) | dict.fromkeys(_THREE.split(), 3)
"""In every language at once: who speaks two says a number in either."""
TIMES = {"double": 2, "doble": 2, "triple": 3}
_WORD_OF_NUMBER = rf"(?:\d+|(?:{'|'.join([*DIGITS_IN_WORD, *TIMES])})\b)"
NUMBER_RUN = re.compile(rf"(?<!\w){_WORD_OF_NUMBER}(?:(?:[\s,.;:/_\u2013-]*|\s+y\s+){_WORD_OF_NUMBER})*", re.IGNORECASE)
"""Digits and words for digits, one after the other."""
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


def masked(text: str) -> str:
    """Without runs of digits that are as long as a card's number, written or spoken."""
    return NUMBER_RUN.sub(lambda run: NUMBER_BLOT if digits_in(run[0]) >= FEWEST_DIGITS_OF_A_CARD else run[0], text)


def without_digits(text: str) -> str:
    """Of a number that was said in pieces."""
    return NUMBER_RUN.sub(NUMBER_BLOT, text)


def without_four_digits(text: str) -> str:
    """Of what may be a PIN."""
    return NUMBER_RUN.sub(lambda run: NUMBER_BLOT if digits_in(run[0]) == DIGITS_OF_A_PIN else run[0], text)


def digits_in(run: str) -> int:
    digits, times = 0, 1
    for word in re.findall(r"\d+|[^\W\d_]+", run.casefold()):
        if word in TIMES:
            times = TIMES[word]
            continue
        digits += (len(word) if word.isdigit() else DIGITS_IN_WORD.get(word, 0)) * times
        times = 1
    return digits


def digits_at_end(text: str) -> int:
    """How many digits the text ends with, as far as it may be the beginning of a longer number."""
    runs = list(NUMBER_RUN.finditer(text))
    return digits_in(runs[-1][0]) if runs and not re.search(r"\w", text[runs[-1].end() :]) else 0


def digits_at_start(text: str) -> int:
    """How many it begins with, as far as it may go on with a number."""
    run = NUMBER_RUN.search(text)
    return digits_in(run[0]) if run and not re.search(r"\w", text[: run.start()]) else 0


def _clean(text: str) -> str:
    return CALLER_IDENTITY.sub(BLOT, text)


def _cleaned(value: object) -> object:
    """A value that names nobody stays as it is, whatever its type."""
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    return _clean(text) if CALLER_IDENTITY.search(text) else value
