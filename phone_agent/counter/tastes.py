"""What a caller eats and likes: it counts at once, and is kept only with consent of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from phone_agent.call import Call
from phone_agent.counter.returning import may_hear
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.disclosure import Matter
from phone_agent.ordering.sentences_callers import CallerSentence


async def take_tastes(call: Call, dietary_tags: Sequence[str], favorite_cuisines: Sequence[str]) -> str:
    """For this call at once, for the next one with consent. Only what the menu has is taken, as it is spelt there."""
    known, menu = call.known, call.menu
    tags = _of_menu(dietary_tags, (tag for item in menu.items for tag in item.dietary_tags))
    cuisines = _of_menu(favorite_cuisines, (name for p in menu.restaurants for name in (p.cuisine, p.cuisine_group)))
    if not tags and not cuisines:
        return CallerSentence.TASTES_UNKNOWN.words()
    known.dietary_tags, known.favorite_cuisines = (
        _both(known.dietary_tags, tags),
        _both(known.favorite_cuisines, cuisines),
    )
    if not may_hear(call, Matter.PREFERENCES) or _is_not_to_be_remembered(call):
        return CallerSentence.TASTES_TAKEN.words()
    known.tags_to_keep, known.cuisines_to_keep = tags, cuisines
    known.ask(Asked.TASTES)
    is_number_known = call.profile.phone is not None or not call.profile.is_guest
    return (CallerSentence.TASTES_OFFER if is_number_known else CallerSentence.TASTES_OFFER_WITH_NUMBER).words()


async def keep_tastes(call: Call) -> None:
    """With consent. A guest's name is not kept by it: that is another question."""
    known, number = call.known, call.record.caller_number
    wanted = replace(
        call.profile,
        dietary_tags=_both(call.profile.dietary_tags, known.tags_to_keep),
        favorite_cuisines=_both(call.profile.favorite_cuisines, known.cuisines_to_keep),
    )
    if not call.profile.is_guest:
        call.profile = wanted
        await call.store.save_profile(wanted)
    elif number is not None:
        kept = await call.store.remember(wanted, number)
        call.profile = kept if kept.id == call.profile.id else call.profile


def _is_not_to_be_remembered(call: Call) -> bool:
    """It was asked, and not answered with a yes."""
    return Asked.REMEMBER in call.known.asked and call.profile.phone is None


def _of_menu(said: Sequence[str], names: Iterable[str]) -> tuple[str, ...]:
    spelt = {name.casefold(): name for name in names if name}
    return tuple(dict.fromkeys(spelt[word.casefold()] for word in said if word.casefold() in spelt))


def _both(before: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*before, *more]))
