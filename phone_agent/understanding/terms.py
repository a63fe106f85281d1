"""Finds in a sentence what is asked for beside dishes, and leaves the words about dishes over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from phone_agent.ordering.menu import Restaurant
from phone_agent.understanding.addresses import Address, address_at
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import AskDelivery, Intent
from phone_agent.understanding.lexicon import Found
from phone_agent.understanding.term_intents import (
    AskAddress,
    AskHours,
    DoNotRing,
    GiveTip,
    HandOver,
    RingWhenReady,
    TellKitchen,
    UseCoupon,
)
from phone_agent.understanding.terms_phrases import Cue, cues
from phone_agent.understanding.times import TimeSaid, time_at
from phone_agent.understanding.tips import tip_at
from phone_agent.understanding.tokens import Words, content_of, word_set, words_in

QUESTIONS = word_set(
    """
    can could may will would what when how is do does
    """
)
"""A sentence that begins so leaves a read-back as it is, unless it names a thing to add."""
OPENS = frozenset(("open", "opens", "close", "closes", "closed"))
ENDS_CODE = frozenset(("and", "for", "thanks", "thank", "on", "with", "i", "to", "is", "it"))
ASKING_HOURS = (("is",), ("are",), ("how", "late", "is"))
LONGEST_CODE = 5


@dataclass(frozen=True)
class Terms:
    intents: tuple[Intent, ...]
    rest: str
    """What was said beside them."""


@dataclass
class _Found:
    handed: HandOver | None = None
    others: list[Intent] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def hand(self, wish: HandOver) -> None:
        said = {name: value for name, value in vars(wish).items() if value}
        self.handed = replace(self.handed or HandOver(), **said)

    @property
    def intents(self) -> tuple[Intent, ...]:
        """How it is handed over comes last: it may have to ask for the address."""
        return (*dict.fromkeys(self.others), *((self.handed,) if self.handed else ()))


def terms_in(utterance: str, context: Context) -> Terms:
    words = content_of(words_in(utterance))
    found = _Found()
    at = 0
    while at < len(words):
        end = _term_at(words, at, context, found)
        if end is None:
            found.rest.append(words[at])
            at += 1
        else:
            at = max(end, at + 1)
    return Terms(found.intents, " ".join(found.rest))


def _term_at(words: Words, at: int, context: Context, found: _Found) -> int | None:
    is_question = context.quote_is_open and words[0] in QUESTIONS
    cue = cues().longest(words, at)
    if cue is not None:
        end = READERS[Cue(cue[0])](words, at, cue[1], context, found)
        if end is not None:
            return end
    tip = tip_at(words, at)
    if tip is not None:
        found.others.append(GiveTip(tip.unit, tip.amount))
        return tip.end
    time = None if is_question else time_at(words, at)
    if time is None or not _is_said_of_the_order(words, at, time, found):
        return None
    found.hand(HandOver(day=time.day, time=time.words))
    return time.end


def _is_said_of_the_order(words: Words, at: int, time: TimeSaid, found: _Found) -> bool:
    """Not "for six" or "about two", which count people and dishes."""
    is_all = at == 0 and time.end == len(words)
    return is_all or found.handed is not None or words[at] not in ("for", "about") or len(time.words.split()) > 1


def _handed(words: Words, end: int, wish: HandOver, found: _Found) -> int:
    """With the address and the time that follow, in either order."""
    address: Address | None = None
    found.hand(wish)
    for _ in range(3):
        time = time_at(words, end, is_awaited=wish.kind == "pickup" or address is not None)
        place = address_at(words, end) if wish.kind == "delivery" and address is None and time is None else None
        if time is not None:
            found.hand(HandOver(day=time.day, time=time.words))
            end = time.end
        elif place is not None:
            found.hand(HandOver(street=place.street, zip_code=place.zip_code))
            address, end = place, place.end
    return end


def _delivery(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    """ "No delivery" is a pickup."""
    if at and words[at - 1] in ("no", "not") and found.rest[-1:] == [words[at - 1]]:
        found.rest.pop()
        return _handed(words, end, HandOver("pickup"), found)
    return _handed(words, end, HandOver("delivery"), found)


def _asked_delivery(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    """ "Can you deliver it to 12 Main Street" is a wish."""
    if address_at(words, end) is not None:
        return _handed(words, end, HandOver("delivery"), found)
    found.others.append(AskDelivery())
    return end


def _pickup(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    return _handed(words, end, HandOver("pickup"), found)


def _pickup_at(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    time = time_at(words, end)
    is_question = context.quote_is_open and words[at] in QUESTIONS
    is_pickup = bool({"pick", "collect", "come", "there"} & set(words[at:end]))
    if is_question or time is None or not time.words or (not is_pickup and words[end] != "at"):
        return None
    return _handed(words, end, HandOver("pickup" if is_pickup else None), found)


def _coupon(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    last = end
    while last < len(words) and last - end < LONGEST_CODE and words[last] not in ENDS_CODE:
        last += 1
    found.others.append(UseCoupon(" ".join(words[end:last])))
    return last


def _no_tip(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    found.others.append(GiveTip("dollars", 0.0))
    return end


def _kitchen(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    """Everything after it is for the kitchen."""
    found.others.append(TellKitchen(" ".join(words[end:])))
    return len(words)


def _place_at(words: Words, at: int, context: Context) -> Found[Restaurant] | None:
    places = context.lexicon.restaurants
    return places.at(words, at) or (places.at(words, at + 1) if words[at : at + 1] == ("the",) else None)


def _hours(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    place = _place_at(words, end, context)
    phrase = words[at:end]
    if place is None:
        if phrase in ASKING_HOURS or phrase[-1] in ("do", "does"):
            return None
        found.others.append(AskHours())
        return end
    if words[place.end : place.end + 1] and words[place.end] in OPENS:
        found.others.append(AskHours(place.values[0].slug))
        return place.end + 1
    return None


def _where(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    place = _place_at(words, end, context)
    if place is None and words[at:end] in (("where", "is"), ("where", "are")):
        return None
    found.others.append(AskAddress(place.values[0].slug if place else None))
    return place.end if place else end


def _ring(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    found.others.append(RingWhenReady())
    return end


def _ring_not(words: Words, at: int, end: int, context: Context, found: _Found) -> int | None:
    found.others.append(DoNotRing())
    return end


READERS: dict[Cue, Callable[[Words, int, int, Context, _Found], int | None]] = {
    Cue.DELIVERY: _delivery,
    Cue.ASK_DELIVERY: _asked_delivery,
    Cue.PICKUP: _pickup,
    Cue.PICKUP_AT: _pickup_at,
    Cue.COUPON: _coupon,
    Cue.NO_TIP: _no_tip,
    Cue.KITCHEN: _kitchen,
    Cue.HOURS: _hours,
    Cue.WHERE: _where,
    Cue.RING: _ring,
    Cue.RING_NOT: _ring_not,
}
