"""What people say around the dishes of a whole order, as data."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from phone_agent.understanding.kinds import Kind
from phone_agent.understanding.order_phrases import CUES
from phone_agent.understanding.patterns import all_expansions
from phone_agent.understanding.phrase_index import PhraseIndex, index_of
from phone_agent.understanding.phrases import PHRASES, TAILS
from phone_agent.understanding.tokens import Words, word_set

HESITATION = word_set("um uh uhm er erm ah hmm mm mhm please just kindly really basically maybe yeah umm")
NOISE = word_set(
    """
    is be it dish dishes one ones order of have get to me i like would you my the a an some any are them that
    this with on in at can could do does will we us if so or for all please want need there by what was kind
    only yes go too but as out up let lets made been am version style type flavor your he she his her they and
    then just also uh um er hmm oh well okay really actually maybe flavored kinds along put while here where
    place begin rush delivery pickup pump layer who whole which has having says inside whatever sort guess think
    both each topping toppings
    """
)
AFTER_DISH = word_set(
    """
    sandwich sub hoagie wrap drink soda pop beverage pizza pie burger coffee tea cookie chip bag meal dish plate
    bowl roll platter combo juice cup glass bottle can entree soup salad order side
    """
)
"""Said after a dish's name or not: "meatball marinara sandwich"."""
AFTER_OPTION = word_set(
    """
    cheese sauce syrup milk pepper dressing topping flavor flavoring bread roast crust size style bean rice salsa
    shot crumble side option base powder spread version type kind filling meat beans
    """
)


@cache
def order_cues() -> PhraseIndex:
    """Of one phrase that is two cues the first one counts."""
    known = list(CUES.items())
    courtesies = (Kind.GREETING, Kind.THANKS, Kind.GOODBYE, Kind.CHECKOUT)
    wishes = [("start", PHRASES[kind]) for kind in (Kind.WANT, Kind.ADD)]
    rest = [("skip", TAILS), *(("skip", PHRASES[kind]) for kind in courtesies)]
    return index_of([*known, *wishes, *rest], without_hesitation)


def without_hesitation(words: Words) -> Words:
    return tuple(word for word in words if word not in HESITATION) or words


@cache
def cue_words() -> frozenset[str]:
    def words(patterns: Iterable[str]) -> Iterable[str]:
        return (word for phrase in all_expansions(tuple(patterns)) for word in phrase)

    every = (*CUES.values(), PHRASES[Kind.WANT], PHRASES[Kind.ADD], TAILS)
    return frozenset(word for patterns in every for word in words(patterns)) | NOISE
