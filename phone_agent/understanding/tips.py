"""How much is tipped: "a five dollar tip", "fifteen percent", "tip him two fifty"."""

from __future__ import annotations

from dataclasses import dataclass

from phone_agent.ordering.wishing import TipUnit
from phone_agent.understanding.digits import digits_of, run_end
from phone_agent.understanding.numbers import number_at
from phone_agent.understanding.tokens import Words, phrase_list, word_set

DOLLARS = frozenset(("dollar", "dollars", "bucks", "buck"))
CENTS = frozenset(("cent", "cents"))
TIPS = frozenset(("tip", "gratuity"))
LEADS = word_set(
    """
    add leave give include make put i want to would like will a an the of with for and can could you it them him her
    driver tip gratuity please
    """
)
AFTER = phrase_list("for the driver,to the driver,for the kitchen,on top,of that")
AFTER_PERCENT = word_set(
    """
    tip gratuity and for please of thanks on
    """
)


@dataclass(frozen=True)
class TipSaid:
    unit: TipUnit
    amount: float | None
    end: int


def tip_at(words: Words, start: int) -> TipSaid | None:
    """With the words that lead to it; "tip" or "percent" must be said."""
    at = start
    while at < len(words) and words[at] in LEADS:
        at += 1
    has_tip = bool(TIPS & set(words[start:at]))
    amount = amount_at(words, at)
    if amount is None:
        return TipSaid("dollars", None, at) if has_tip and _is_alone(words, start, at) else None
    end = amount.end
    if words[end : end + 1] and words[end] in TIPS:
        has_tip, end = True, end + 1
    if not has_tip and not (amount.unit == "percent" and (end == len(words) or words[end] in AFTER_PERCENT)):
        return None
    end = next((end + len(phrase) for phrase in AFTER if words[end : end + len(phrase)] == phrase), end)
    return TipSaid(amount.unit, amount.amount, end)


def _is_alone(words: Words, start: int, end: int) -> bool:
    """ "add a tip": the word is the last of what leads to it."""
    return words[end - 1] in TIPS and (end - start == 1 or words[start] in ("add", "leave", "give", "i", "can", "with"))


def amount_at(words: Words, at: int) -> TipSaid | None:
    """Dollars where no unit is said; "five fifty" has cents."""
    exact = _with_fraction(words, at)
    if exact is not None:
        return exact
    number = number_at(words, at)
    if number is None:
        return None
    value, end = number
    following = words[end : end + 1]
    if following and following[0] in ("percent", "per"):
        return TipSaid("percent", float(value), end + (2 if following[0] == "per" else 1))
    if following and following[0] in CENTS:
        return TipSaid("dollars", value / 100, end + 1)
    after = end + 1 if following and following[0] in DOLLARS else end
    cents = number_at(words, after + 1 if words[after : after + 1] == ("and",) else after)
    if cents is not None and cents[0] < 100:
        end = cents[1] + 1 if words[cents[1] : cents[1] + 1] and words[cents[1]] in DOLLARS | CENTS else cents[1]
        return TipSaid("dollars", value + cents[0] / 100, end)
    return TipSaid("dollars", float(value), after)


def _with_fraction(words: Words, at: int) -> TipSaid | None:
    """ "Twelve point five percent", "12.5%", "twelve and a half percent"."""
    number = number_at(words, at)
    if number is None:
        return None
    value, end = number
    is_written = words[at].isdigit() and words[end : end + 1] and words[end].isdigit()
    if words[end : end + 3] == ("and", "a", "half"):
        part, end = 0.5, end + 3
    elif words[end : end + 1] == ("point",) or is_written:
        after = run_end(words, end if is_written else end + 1)
        digits = digits_of(words[end if is_written else end + 1 : after])
        part, end = float(f"0.{digits or 0}"), after
    else:
        return None
    if words[end : end + 1] and words[end] in ("percent", "per"):
        return TipSaid("percent", value + part, end + (2 if words[end] == "per" else 1))
    return TipSaid("dollars", value + part, end + 1) if words[end : end + 1] and words[end] in DOLLARS else None
