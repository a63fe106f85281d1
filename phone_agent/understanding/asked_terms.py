"""Plain answers to what was asked about the order: an address, a time, a tip, a code, an allergy."""

from __future__ import annotations

from phone_agent.understanding.addresses import address_at, zip_code_in
from phone_agent.understanding.context import Context
from phone_agent.understanding.digits import is_digit_word
from phone_agent.understanding.intents import Intent
from phone_agent.understanding.phrase_index import command_at
from phone_agent.understanding.term_intents import GiveTip, HandOver, TellAllergy, UseCoupon
from phone_agent.understanding.times import time_at
from phone_agent.understanding.tips import amount_at
from phone_agent.understanding.tokens import Words, content_of, words_in

LEADS = frozenset(("it", "is", "the", "my", "to", "code", "zip", "make", "i", "am", "would", "like", "address", "at"))
LONGEST_ANSWER = 6


def answer_to_terms(utterance: str, context: Context) -> Intent | None:
    """None where the words are no answer to it."""
    words = content_of(words_in(utterance))
    while words and words[0] in LEADS and context.asked != "time":
        words = words[1:]
    if not words or not context.asked:
        return None
    if context.asked in ("coupon", "allergy"):
        return _free_words(words, context)
    if context.asked == "tip":
        amount = amount_at(words, 0)
        return GiveTip(amount.unit, amount.amount) if amount is not None and amount.end == len(words) else None
    if context.asked == "time":
        time = time_at(words, 0, is_awaited=True)
        return HandOver(None, time.day, time.words) if time is not None and time.end == len(words) else None
    return _address(words, context)


def _address(words: Words, context: Context) -> Intent | None:
    if any(context.lexicon.dishes.at(words, at) for at in range(len(words))):
        return None
    address = address_at(words, 0)
    if context.asked == "zip_code" and all(is_digit_word(word) for word in words):
        return HandOver("delivery", zip_code=zip_code_in(words))
    if address is None or address.end != len(words) or not (address.street or address.zip_code):
        return None
    return HandOver("delivery", street=address.street, zip_code=address.zip_code)


def _free_words(words: Words, context: Context) -> Intent | None:
    if command_at(words, 0) is not None or context.lexicon.dishes.at(words, 0) or len(words) > LONGEST_ANSWER:
        return None
    said = " ".join(words)
    return UseCoupon(said) if context.asked == "coupon" else TellAllergy(said)
