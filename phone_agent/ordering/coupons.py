"""Which coupon a caller means: a code is said by letters and numbers, with or without pauses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from phone_agent.ordering.errors import CouponRefused
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.terms import Coupon
from phone_agent.ordering.text import plain_words

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
UNITS = {word: value for value, word in enumerate(_UNITS.split())} | {"oh": 0}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}


def coupon_said(code: str, coupons: Iterable[Coupon], today: date) -> Coupon:
    """`today`: where the restaurant is. Raises CouponRefused."""
    said = characters_of(code)
    found = next((coupon for coupon in coupons if said and characters_of(coupon.code) == said), None)
    if found is None:
        raise CouponRefused(TermSentence.COUPON_UNKNOWN.words())
    if found.until is not None and today > found.until:
        raise CouponRefused(TermSentence.COUPON_EXPIRED.words())
    return found


def characters_of(code: str) -> str:
    """ "Welcome twenty five" is WELCOME25."""
    text, words = "", list(plain_words(code))
    for place, word in enumerate(words):
        is_after_tens = place > 0 and words[place - 1] in TENS and 1 <= UNITS.get(word, 0) <= 9
        if is_after_tens:
            text = text[:-1] + str(UNITS[word])
        else:
            text += str(UNITS[word]) if word in UNITS else str(TENS[word]) if word in TENS else word
    return text
