"""What moment a caller means by "seven thirty", "at noon", "in half an hour", "tomorrow at 7 PM"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from phone_agent.ordering.coupons import TENS, UNITS
from phone_agent.ordering.errors import TimeNotPossible
from phone_agent.ordering.hours import Hours, takes_orders
from phone_agent.ordering.sentences_terms import TermSentence

Day = Literal["", "today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Day, ...] = get_args(Day)[3:]
AT_ONCE = {"", "now", "asap", "right now", "right away", "as soon as possible", "soon"}
NAMED = frozenset(("noon", "midday", "midnight"))
PARTS_OF_AN_HOUR = {
    "half an hour": 30, "half a hour": 30, "half hour": 30, "a half hour": 30, "three quarters of an hour": 45,
    "a quarter of an hour": 15, "quarter of an hour": 15, "a quarter hour": 15,
}  # fmt: skip
COUNTED = {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a couple": 2}
MORNING, EVENING = {"am", "morning"}, {"pm", "afternoon", "evening", "night", "tonight"}
_SAID_AROUND = "at about around by for the in this o clock oclock sharp please and of minutes minute past"
_FILLERS = set(_SAID_AROUND.split())
_HALF_A_DAY = 12


@dataclass(frozen=True)
class _Reading:
    hour: int
    minute: int
    half: Literal["am", "pm", None]

    def times(self) -> Iterator[time]:
        """Both halves of the day where none was said."""
        if self.half is None:
            yield time(self.hour % 24, self.minute)
            if 1 <= self.hour < _HALF_A_DAY:
                yield time(self.hour + _HALF_A_DAY, self.minute)
            elif self.hour == _HALF_A_DAY:
                yield time(0, self.minute)
        else:
            yield time(self.hour % _HALF_A_DAY + (_HALF_A_DAY if self.half == "pm" else 0), self.minute)


def moment_said(day: Day, words: str, hours: Hours, timezone: str, now: datetime) -> datetime | None:
    """None: as soon as possible. Raises TimeNotPossible. Of two readings the one when the restaurant takes orders."""
    plain = " ".join(re.findall(r"[a-z]+|\d+", re.sub(r"\b([ap])\s?\.?\s?m\b", r" \1m ", words.casefold())))
    if plain in AT_ONCE and day in ("", "today"):
        return None
    span = _span(plain)
    if span is not None and day in ("", "today"):
        return now + span
    reading = _reading(plain)
    if reading is None or span is not None:
        raise TimeNotPossible(TermSentence.TIME_UNCLEAR.words())
    zone = ZoneInfo(timezone)
    moments = sorted(
        datetime.combine(on, at, zone).astimezone(UTC) for on in _days(day, now.astimezone(zone).date())
        for at in reading.times()
    )  # fmt: skip
    coming = [moment for moment in moments if moment > now]
    if not coming:
        raise TimeNotPossible(TermSentence.TIME_PASSED.words())
    return next((moment for moment in coming if takes_orders(hours, timezone, moment)), coming[0])


def _days(day: Day, today: date) -> list[date]:
    if day == "":
        return [today, today + timedelta(1)]
    if day in ("today", "tomorrow"):
        return [today + timedelta(day == "tomorrow")]
    ahead = (WEEKDAYS.index(day) - today.weekday()) % 7
    return [today + timedelta(ahead)] if ahead else [today, today + timedelta(7)]


def _span(plain: str) -> timedelta | None:
    """ "in 45 minutes", "in two and a half hours", "half an hour", "an hour and ten minutes"."""
    said = re.fullmatch(r"(?:in )?(?:about )?(.+?)(?: from now)?", plain)
    if said is None or "past" in plain or " to " in plain:
        return None
    if said[1] in PARTS_OF_AN_HOUR:
        return timedelta(minutes=PARTS_OF_AN_HOUR[said[1]])
    parts = re.fullmatch(r"(?:(.+?) hours?(?: and)?(?: |$))?(?:(a half)|(.+?) minutes?)?", said[1])
    if parts is None or parts[0] == "" or (parts[1] is None and parts[2] is not None):
        return None
    hours, minutes = _amount(parts[1]), _amount(parts[3])
    if hours is None or minutes is None:
        return None
    return timedelta(minutes=60 * hours + minutes + (30 if parts[2] else 0))


def _amount(words: str | None) -> float | None:
    """0 where nothing was said; None where it is no number."""
    if words is None:
        return 0
    whole, half, after = words.partition(" and a half")
    numbers = [COUNTED[whole]] if whole in COUNTED else _numbers(whole.split())
    return numbers[0] + (0.5 if half else 0) if len(numbers) == 1 and not after else None


def _reading(plain: str) -> _Reading | None:
    words = plain.split()
    half = _half_of(words)
    named = next((word for word in words if word in NAMED), None)
    if named is not None:
        # A quarter to noon is in the morning, a quarter past it is not.
        half = "am" if (named == "midnight") != ("to" in words) else "pm"
        plain = re.sub(rf"(?:\b12 |\btwelve )?\b{named}\b", "12", plain)
        words = plain.split()
    before, is_before, after = plain.partition(" to ")
    numbers = _numbers((after if is_before else plain).split())
    shift = _quarter(before) if is_before else 0
    if is_before and numbers and shift is not None:
        return _valid((numbers[0] - 2) % _HALF_A_DAY + 1, 60 - shift, half)
    if len(words) > 1 and words[0] in ("half", "quarter") and numbers:
        return _valid(numbers[0], 30 if words[0] == "half" else 15, half)
    if len(numbers) == 2 and words.count("past"):
        return _valid(numbers[1], numbers[0], half)
    if len(numbers) == 1 and numbers[0] > 99:
        return _valid(numbers[0] // 100, numbers[0] % 100, half)
    return _valid(numbers[0], numbers[1] if len(numbers) > 1 else 0, half) if 1 <= len(numbers) <= 2 else None


def _half_of(words: list[str]) -> Literal["am", "pm", None]:
    if set(words) & MORNING:
        return "am"
    return "pm" if set(words) & EVENING else None


def _quarter(words: str) -> int | None:
    if "quarter" in words:
        return 15
    return next(iter(_numbers(words.split())), None)


def _valid(hour: int, minute: int, half: Literal["am", "pm", None]) -> _Reading | None:
    """A half of the day fits an hour of the clock only; "19:30 PM" is what it says without it."""
    if hour > _HALF_A_DAY:
        half = None
    return _Reading(hour, minute, half) if hour < 24 and 0 <= minute < 60 else None


def _numbers(words: list[str]) -> list[int]:
    """ "seven thirty five" is 7 and 35, "seven oh five" 7 and 5; an unknown word ends it."""
    numbers: list[int] = []
    previous = ""
    for word in words:
        value = int(word) if word.isdigit() else TENS.get(word, UNITS.get(word))
        if value is None:
            if word not in _FILLERS | MORNING | EVENING | {"half", "quarter", "a"}:
                return []
        elif (previous in TENS and value < 10) or previous in ("oh", "zero"):
            numbers[-1] += value
        else:
            numbers.append(value)
        previous = word
    return numbers
