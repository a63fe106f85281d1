"""The kinds of values in a menu file: money, slugs, texts, times of the day."""

from __future__ import annotations

from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Annotated
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

NAMESPACE = UUID("5f0c2f5e-0f0e-5b57-9a7e-0d5c0a4d1f10")
"""Ids come from the slugs under this namespace: the same file gives the same ids on every machine."""
MOST_CENTS = 1_000_000
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINE = r"^\S(.*\S)?$"
LANGUAGE = r"^[a-z]{2}$"
PHONE = r"^\+[1-9][0-9]{6,14}$"
PHONE_OR_NONE = r"^(\+[1-9][0-9]{6,14})?$"
ZIP_CODE = r"^[0-9]{5}$"
_SPAN = r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"


def _hundredths(value: object) -> int:
    """Exact: 8.99 is written as text or as a number, and read as a decimal, never as a float."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError('write it as "8.99" or 8.99')
    try:
        hundredths = Decimal(str(value).strip()) * 100
    except InvalidOperation:
        raise ValueError('write it as "8.99" or 8.99') from None
    if not hundredths.is_finite() or hundredths != hundredths.to_integral_value():
        raise ValueError("at most two digits after the point")
    if not 0 <= hundredths <= MOST_CENTS:
        raise ValueError("must be between 0 and 10000")
    return int(hundredths)


def _a_span(text: str) -> str:
    """Told in words; a pattern says nothing to whoever wrote the file."""
    try:
        span_of(text)
    except ValueError:
        raise ValueError('write it as "11:00-22:00"; "18:00-02:00" ends on the next day') from None
    return text


def span_of(text: str) -> tuple[time, time]:
    opens, dash, closes = text.partition("-")
    if not dash or len(opens) != len("11:00") or len(closes) != len("11:00"):
        raise ValueError
    return time.fromisoformat(opens), time.fromisoformat(closes)


def _a_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        raise ValueError('there is no such time zone; write it as "America/New_York"') from None
    return name


def id_of(path: str) -> str:
    return str(uuid5(NAMESPACE, path))


_DECIMAL = {"anyOf": [{"type": "string", "pattern": r"^\d+(\.\d{1,2})?$"}, {"type": "number", "minimum": 0}]}
Cents = Annotated[int, BeforeValidator(_hundredths), WithJsonSchema(_DECIMAL)]
BasisPoints = Annotated[int, BeforeValidator(_hundredths), Field(le=10_000), WithJsonSchema(_DECIMAL)]
Slug = Annotated[str, Field(pattern=SLUG, max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=120, pattern=LINE)]
Texts = tuple[Text, ...]
Span = Annotated[str, AfterValidator(_a_span), WithJsonSchema({"type": "string", "pattern": _SPAN})]
Timezone = Annotated[str, AfterValidator(_a_timezone)]
LanguageCode = Annotated[str, Field(pattern=LANGUAGE)]
"""ISO 639-1."""
Phone = Annotated[str, Field(pattern=PHONE)]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
