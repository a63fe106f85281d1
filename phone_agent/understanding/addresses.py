"""Where an order is delivered to, as it is said: "to twelve main street, three two eight zero one"."""

from __future__ import annotations

from dataclasses import dataclass

from phone_agent.understanding.digits import digits_of, is_digit_word, run_end, zip_code_at_end
from phone_agent.understanding.times import AT_ONCE, time_at
from phone_agent.understanding.tokens import Words, word_set

ENDS = word_set(
    """
    and with thanks thank that i we can could but add tip coupon at by for tonight tomorrow today
    """
)
ZIP_WORDS = frozenset(("zip", "zipcode", "code", "postal", "is", "the", "in"))
NAMES_ZIP = frozenset(("zip", "zipcode", "postal", "postcode"))
"""What comes after is no part of the street."""
MOST_WORDS = 14
HOUSE = word_set(
    """
    my the our house home place address office is it to at
    """
)


@dataclass(frozen=True)
class Address:
    street: str
    zip_code: str
    end: int


def address_at(words: Words, start: int) -> Address | None:
    """A street begins with its number; a zip code alone will do."""
    begin = start
    while begin < len(words) and words[begin] in HOUSE | ZIP_WORDS:
        begin += 1
    if begin >= len(words) or not is_digit_word(words[begin]):
        return None
    end = _end(words, begin)
    said = words[begin:end]
    named = next((at for at, word in enumerate(said) if word in NAMES_ZIP and at), None)
    if named is not None:
        return Address(street_of(_without_zip_words(said[:named])), zip_code_in(said[named:]), end)
    found = zip_code_at_end(said)
    zip_code, cut = found or ("", len(said))
    return Address(street_of(_without_zip_words(said[:cut])), zip_code, end) if cut or zip_code else None


def street_of(words: Words) -> str:
    """ "twelve main street" is 12 Main Street; no street without a name."""
    house = run_end(words, 0)
    if house == len(words):
        return ""
    parts = [digits_of(words[:house])] if house else []
    at = house
    while at < len(words):
        end = run_end(words, at)
        parts.append(digits_of(words[at:end]) if end > at else words[at].capitalize())
        at = max(end, at + 1)
    return " ".join(parts)


def zip_code_in(words: Words) -> str:
    """Whatever digits were said; whether they are five is for the restaurant to say."""
    return digits_of(tuple(word for word in words if is_digit_word(word)))


def _without_zip_words(words: Words) -> Words:
    return _without_zip_words(words[:-1]) if words and words[-1] in ZIP_WORDS else words


def _end(words: Words, begin: int) -> int:
    for at in range(begin, min(len(words), begin + MOST_WORDS)):
        is_soon = any(words[at : at + len(phrase)] == phrase for phrase in AT_ONCE)
        if words[at] in ENDS or is_soon or (words[at] == "in" and time_at(words, at) is not None):
            return at
    return min(len(words), begin + MOST_WORDS)
