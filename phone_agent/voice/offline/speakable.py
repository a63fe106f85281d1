"""Text as a person would say it: money, order numbers, times, telephone numbers and signs as words."""

import re
from collections.abc import Callable

from num2words import num2words

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGNS = {"&": " and ", "%": " percent ", "@": " at ", "+": " plus ", "=": " equals "}
_DASHES = str.maketrans({"\u2013": ", ", "\u2014": ", ", "\u2026": "."})

_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "D.C.", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii",
    "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
_STATE = re.compile(rf"(?<=[a-z], )(?:{'|'.join(_STATES)})\b")
"""After a city's name, in capitals: "in" and "or" are words."""

_Say = Callable[[re.Match[str]], str]


def speakable(text: str) -> str:
    for pattern, say in _RULES:
        text = pattern.sub(say, text)
    text = _STATE.sub(lambda state: _STATES[state[0]], text)
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    text = re.sub(r"[*_`~<>\[\]{}|\\^]+", " ", text.translate(_DASHES))
    return re.sub(r"\s+([,.!?;:])", r"\1", re.sub(r"\s+", " ", text)).strip()


def _money(match: re.Match[str]) -> str:
    dollars, cents = int(match["dollars"].replace(",", "")), int(match["cents"] or 0)
    said = []
    if dollars or not cents:
        said.append(f"{_number(dollars)} {'dollar' if dollars == 1 else 'dollars'}")
    if cents:
        said.append(f"{_number(cents)} {'cent' if cents == 1 else 'cents'}")
    return ("minus " if match["minus"] else "") + " and ".join(said)


def _time(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = " ".join(match["half"].lower().replace(".", "")) if match["half"] else ""
    if not minute:
        return f"{_number(hour)} {half or ('o clock' if 1 <= hour <= 12 else 'hundred')}"
    past = f"oh {_number(minute)}" if minute < 10 else _number(minute)
    return f"{_number(hour)} {past} {half}".strip()


def _telephone(match: re.Match[str]) -> str:
    return ", ".join(_each(group) for group in re.findall(r"\d+", match[0]))


def _named_digits(match: re.Match[str]) -> str:
    return f"{match['name']} {_each(match['digits'])}"


def _ordinal(match: re.Match[str]) -> str:
    return _words(num2words(int(match["number"]), to="ordinal"))


def _times(match: re.Match[str]) -> str:
    return _number(int(match["count"]))


def _range(match: re.Match[str]) -> str:
    return f"{match[1]} to {match[2]}"


def _plain(match: re.Match[str]) -> str:
    whole, fraction = match["whole"].replace(",", ""), match["fraction"]
    if (len(whole) > 1 and whole.startswith("0")) or len(whole) > 6:
        return _each(whole)
    return f"{_number(int(whole))} point {_each(fraction)}" if fraction else _number(int(whole))


def _each(digits: str) -> str:
    return " ".join(_DIGITS[int(digit)] for digit in digits)


def _number(value: int) -> str:
    return _words(num2words(value))


def _words(said: str) -> str:
    return said.replace(",", "").replace(" and ", " ")


_HALF = r"(?P<half>[ap]\.m\.|[ap]m\b)"
_NAMED = r"\b(?:order number|order|number|code|extension|zip code|zip|suite|apartment)(?: is)?"


def _rule(pattern: str, say: _Say) -> tuple[re.Pattern[str], _Say]:
    return re.compile(pattern, re.IGNORECASE), say


_RULES = (
    _rule(r"(?P<minus>-)?\$\s?(?P<dollars>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<cents>\d\d))?(?!\d)", _money),
    _rule(r"(?<![\w.])(?:\+1[\s.-]?)?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)", _telephone),
    _rule(r"\+\d{8,15}(?!\d)", _telephone),
    _rule(rf"(?P<name>{_NAMED}):?\s#?(?P<digits>\d{{2,}})(?!\d|[.,:]\d)", _named_digits),
    _rule(r"(?P<name>)#\s?(?P<digits>\d+)", _named_digits),
    _rule(r"(?P<name>\b[A-Z]{2}),?\s(?P<digits>\d{5})(?!\d)", _named_digits),
    _rule(rf"(?<![\d:])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?:\s?{_HALF})?(?![\d:])", _time),
    _rule(rf"(?<![\d:.])(?P<hour>1[0-2]|0?[1-9])(?P<minute>)\s?{_HALF}", _time),
    _rule(r"(?<!\w)(?P<count>\d+)\s?[x\u00d7](?=\s|$)", _times),
    _rule(r"(?<![\d.-])(\d+)\s?[-\u2013]\s?(\d+)(?![\d-])", _range),
    _rule(r"(?<![\w.])(?P<number>\d+)(?:st|nd|rd|th)\b", _ordinal),
    _rule(r"(?<![\w.])(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fraction>\d+))?(?!\w)", _plain),
)
