"""Words that the reader of dishes knows: amounts, notes for the kitchen, and what says nothing."""

from __future__ import annotations

from phone_agent.ordering.cart import Amount
from phone_agent.understanding.tokens import Words, phrase_list, word_set

SAID_FOR_AMOUNT: dict[Amount, str] = {
    "no": "no, without, hold the, hold, with no, minus, with out, not any, leave off, leave out, skip",
    "extra": "extra, more, lots of, a lot of, plenty of, additional, loads of",
    "light": "light, a little, less, easy on, easy, light on, a bit of, go easy on, go light on, little",
    "double": "double, twice",
}
AMOUNTS: dict[Words, Amount] = {
    phrase: amount for amount, said in SAID_FOR_AMOUNT.items() for phrase in phrase_list(said)
}
NOTES = phrase_list(
    "well done, medium rare, medium well, cut in half, cut it in half, extra crispy, very hot, in separate bags,"
    "separately, no utensils, in a separate box, on a separate plate"
)
SIDE: Words = ("on", "the", "side")
NOISE = word_set(
    """
    is be it's dish dishes one ones order of have get to me i like would you my the a an some any are them that
    this with it on in at can could do does will we us if so or for all please want need there by what not was
    kind only yes no go too but as out up let lets us make made be been am want version style type size flavor
    your he she his her they
    """
)
