"""Numbers that are said digit by digit or in groups: house numbers, zip codes."""

from __future__ import annotations

from phone_agent.understanding.numbers import TENS, UNITS
from phone_agent.understanding.tokens import Words

LENGTH_OF_ZIP_CODE = 5
LEAST_OF_RUN = 3
LEAST_OF_CARD = 12


def is_digit_word(word: str) -> bool:
    return word.isdigit() or word in UNITS or word in TENS or word in ("oh", "hundred")


def digits_of(words: Words) -> str:
    """ "thirty two eight oh one" is 32801, "one twenty three" 123, "two hundred five" 205."""
    text = ""
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        after = words[place + 1 :]
        if word == "hundred":
            value = digits_of(after[:2])[:2] if after else ""
            return f"{text}{value:0>2}{digits_of(after[2:])}" if value else f"{text}00"
        if word.isdigit():
            text += word
        elif word == "oh":
            text += "0"
        elif word in TENS:
            text += str(TENS[word])
        elif before in TENS and 1 <= UNITS[word] <= 9:
            text = text[:-1] + str(UNITS[word])
        else:
            text += str(UNITS[word])
    return text


def run_end(words: Words, start: int) -> int:
    """The position after the digit words that begin here."""
    at = start
    while at < len(words) and is_digit_word(words[at]):
        at += 1
    return at


def zip_code_at_end(words: Words) -> tuple[str, int] | None:
    """Five digits that the words end with, and where they begin."""
    begin = len(words)
    while begin and is_digit_word(words[begin - 1]):
        begin -= 1
    for start in range(begin, len(words)):
        said = digits_of(words[start:])
        if len(said) == LENGTH_OF_ZIP_CODE:
            return said, start
    return None


def is_bare_run(words: Words) -> bool:
    """Digits one by one and nothing else, or more than anybody counts: a zip code, never a number of dishes."""
    if not words or run_end(words, 0) != len(words) or "hundred" in words:
        return False
    return len(words) >= LEAST_OF_RUN or any(word.isdigit() and len(word) >= LENGTH_OF_ZIP_CODE for word in words)


def without_card_number(words: Words) -> Words | None:
    """The other words; None where no more digits stand in a row than a telephone number has."""
    left: Words = ()
    has_one, at = False, 0
    while at < len(words):
        end = max(run_end(words, at), at + 1)
        if is_digit_word(words[at]) and len(digits_of(words[at:end])) >= LEAST_OF_CARD:
            has_one = True
        else:
            left += words[at:end]
        at = end
    return left if has_one else None
