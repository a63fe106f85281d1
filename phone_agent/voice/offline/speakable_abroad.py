"""Text in another language as a person would say it: money, order numbers, times and signs as words."""

import re

from num2words import num2words

from phone_agent.languages.speech import Speech

_MONEY = re.compile(r"\$(?P<dollars>\d+)(?:\.(?P<cents>\d\d))?(?!\d)")
_DIGITS = re.compile(r"#\s?(?P<named>\d+)|\+?(?P<telephone>\d{3}-\d{3}-\d{4}|\d{7,15})(?!\d)|(?P<leading>0\d+)")
_TIME = re.compile(r"(?<!\d)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?!\d)")
_NUMBER = re.compile(r"\d+")


def speakable_abroad(text: str, speech: Speech) -> str:
    text = _MONEY.sub(lambda money: _money(int(money["dollars"]), int(money["cents"] or 0), speech), text)
    text = _DIGITS.sub(lambda digits: _each(digits[0], speech), text)
    text = _TIME.sub(lambda time: _time(int(time["hour"]), int(time["minute"]), speech), text)
    text = _NUMBER.sub(lambda number: _number(int(number[0]), speech), text)
    for wrong, right in (*speech.corrections.items(), *((sign, f" {word} ") for sign, word in speech.signs.items())):
        text = text.replace(wrong, right)
    return re.sub(r"\s+([,.!?;:])", r"\1", re.sub(r"\s+", " ", re.sub(r"[*_`~<>\[\]{}|\\^]+", " ", text))).strip()


def _money(dollars: int, cents: int, speech: Speech) -> str:
    parts = [f"{_counted(count, names, speech)}" for count, names in _kinds(dollars, cents, speech)]
    return f" {speech.dollars_and_cents} ".join(parts)


def _kinds(dollars: int, cents: int, speech: Speech) -> list[tuple[int, tuple[str, str]]]:
    kinds = [(dollars, speech.dollars), (cents, speech.cents)]
    return [(count, names) for count, names in kinds if count] or [(0, speech.dollars)]


def _counted(count: int, names: tuple[str, str], speech: Speech) -> str:
    return f"{speech.one_thing} {names[0]}" if count == 1 else f"{_number(count, speech)} {names[1]}"


def _time(hour: int, minute: int, speech: Speech) -> str:
    hours = speech.one_hour if hour == 1 else _number(hour, speech)
    return f"{hours} {_number(minute, speech) if minute else speech.oclock}"


def _each(digits: str, speech: Speech) -> str:
    groups = re.findall(r"\d+", digits)
    return ", ".join(" ".join(_number(int(digit), speech) for digit in group) for group in groups)


def _number(value: int, speech: Speech) -> str:
    return str(num2words(value, lang=speech.code))
