"""When something is wanted: where a time of day, a day or a span stands in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from phone_agent.ordering.clock import Day
from phone_agent.understanding.digits import is_digit_word
from phone_agent.understanding.numbers import number_at
from phone_agent.understanding.tokens import Words, phrase_list

DAYS: dict[str, Day] = {day: day for day in get_args(Day) if day} | {"tonight": "today"}
HALVES = phrase_list("am,pm,a m,p m,in the morning,in the afternoon,in the evening,at night,tonight")
BEFORE = frozenset(("at", "by", "around", "about", "for", "on"))
AT_ONCE = phrase_list("as soon as possible,as soon as you can,as soon as it is ready,asap,right away,right now,now")
SOON = AT_ONCE[:4]
"""Those that can stand anywhere: "right now" only rounds a sentence off."""
NAMED = frozenset(("noon", "midday", "midnight"))
IN_SPAN = frozenset(("a", "an", "about", "and", "couple", "few", "half", "of", "quarter", "quarters"))
UNITS_OF_TIME = frozenset(("minute", "minutes", "hour", "hours"))
PARTS_OF_DAY = frozenset(("morning", "afternoon", "evening", "night"))


@dataclass(frozen=True)
class TimeSaid:
    day: Day
    words: str
    """Empty: a day alone."""
    end: int


def time_at(words: Words, start: int, *, is_awaited: bool = False) -> TimeSaid | None:
    """A bare number is a time only where one is awaited: after "for pickup", or asked for."""
    day, at = _day_at(words, start)
    prepositions = _past(words, at, BEFORE)
    clock = _clock_end(words, prepositions)
    is_clear = is_awaited or prepositions > at or day or (clock and _is_clear(words[prepositions:clock]))
    if clock is None or not is_clear:
        return TimeSaid(day, "", at) if day and is_awaited else None
    said = " ".join(words[prepositions:clock])
    if not day:
        day, clock = _day_at(words, clock)
    elif words[start] == "tonight" and not set(said.split()) & {"pm", "p"}:
        said += " tonight"
    return TimeSaid(day, said, clock)


def _is_clear(said: Words) -> bool:
    return (
        said[:1] == ("in",)
        or said[0] in (*NAMED, "quarter")
        or "past" in said
        or said in SOON
        or said[-2:] == ("o", "clock")
        or _half(said)
    )


def _half(said: Words) -> bool:
    return any(said[-len(half) :] == half for half in HALVES)


def _past(words: Words, at: int, skipped: frozenset[str]) -> int:
    while at < len(words) and words[at] in skipped:
        at += 1
    return at


def _day_at(words: Words, start: int) -> tuple[Day, int]:
    at = _past(words, start, frozenset(("on", "for", "this")))
    if at < len(words) and words[at] in DAYS:
        end = at + 1
        is_part = words[end : end + 1] and words[end] in PARTS_OF_DAY and words[at] != "tonight"
        return DAYS[words[at]], end + 1 if is_part else end
    return "", start


def _clock_end(words: Words, at: int) -> int | None:
    for phrase in AT_ONCE:
        if words[at : at + len(phrase)] == phrase:
            return at + len(phrase)
    if words[at : at + 1] == ("in",):
        return _span_end(words, at + 1)
    if at < len(words) and words[at] in NAMED:
        return at + 1
    return _fraction_end(words, at) or _hour_end(words, at)


def _span_end(words: Words, start: int) -> int | None:
    at = start
    while at < len(words) and (words[at] in IN_SPAN or is_digit_word(words[at])):
        at += 1
    if at == start or at >= len(words) or words[at] not in UNITS_OF_TIME:
        return None
    end = at + 1
    more = number_at(words, _past(words, end, frozenset(("and",))))
    if words[end : end + 3] == ("and", "a", "half"):
        end += 3
    elif more is not None and words[more[1] : more[1] + 1] in (("minute",), ("minutes",)):
        end = more[1] + 1
    return end


def _fraction_end(words: Words, at: int) -> int | None:
    """ "half past six", "quarter to seven", "ten past six"."""
    end = at + 1 if words[at : at + 1] == ("a",) else at
    if end < len(words) and words[end] in ("half", "quarter"):
        end += 1
    else:
        number = number_at(words, end)
        if number is None:
            return None
        end = number[1]
    if end >= len(words) or words[end] not in ("past", "to"):
        return None
    if words[end + 1 : end + 2] and words[end + 1] in NAMED:
        return end + 2
    hour = number_at(words, end + 1)
    return _after_half(words, hour[1]) if hour is not None and hour[0] <= 12 else None


def _hour_end(words: Words, at: int) -> int | None:
    if at < len(words) and words[at].isdigit() and 3 <= len(words[at]) <= 4:
        return _after_half(words, at + 1)
    hour = number_at(words, at)
    if hour is None or not 1 <= hour[0] <= 24:
        return None
    end = hour[1]
    minutes = number_at(words, end + 1 if words[end : end + 1] == ("oh",) else end)
    if minutes is not None and minutes[0] < 60:
        end = minutes[1]
    elif words[end : end + 2] == ("o", "clock"):
        end += 2
    elif words[end : end + 1] == ("oclock",):
        end += 1
    return _after_half(words, end)


def _after_half(words: Words, at: int) -> int:
    return next((at + len(half) for half in HALVES if words[at : at + len(half)] == half), at)
