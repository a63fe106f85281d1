"""Halves that are said otherwise than "half this, half that"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from phone_agent.understanding.order_index import choices_of
from phone_agent.understanding.order_state import Draft, Wish, fitting

HALF_AND_HALF = re.compile(r"\bhalf and half (?!and\b)(?:of |with )?(.+?) and ", re.IGNORECASE)
NAMED_HALF = re.compile(r"\bon the (\w+)(?: \w+)? (?:half|side)\b", re.IGNORECASE)
HALF_OF = re.compile(r"\bhalf (?:of |the )?(\w+)", re.IGNORECASE)
SIDES = ("left", "right")


def halves_as_words(utterance: str, vocabulary: Collection[str]) -> str:
    """Where the menu has "half and half" itself, that is milk."""
    said = utterance.replace("1/2", " half ").replace("\u00bd", " half ")
    if "half" not in vocabulary:
        said = HALF_AND_HALF.sub(r"half \1 half ", said)
    first = [name.lower() for name in HALF_OF.findall(said)[:2]]

    def on_a_side(found: re.Match[str]) -> str:
        """ "On the mushroom half" of half mushroom, half pepperoni."""
        named = found[1].lower()
        return f"on the {SIDES[first.index(named)]} half" if named in first else found[0]

    return NAMED_HALF.sub(on_a_side, said)


def each_on_its_half(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Of two dishes in one, what was said of "the left half" is the left one's; both have one number and one size."""
    moved = list(drafts)
    for place, (left, right) in enumerate(pairwise(drafts)):
        if (left.half, right.half) != ("left", "right"):
            continue
        if left.is_counted and not right.is_counted:
            moved[place + 1] = right._replace(quantity=left.quantity, is_counted=True)
        moved[place], moved[place + 1] = _sized(moved[place], right), _sized(moved[place + 1], left)
    for place, draft in enumerate(drafts):
        beside = (at for at in (place - 1, place + 1) if 0 <= at < len(drafts))
        mate = next((at for at in beside if {draft.half, drafts[at].half} == {"left", "right"}), None)
        for wish in draft.wishes if mate is not None else ():
            target = place if wish.half == draft.half else mate
            if wish.half is None or target is None or not fitting(drafts[target].items, wish.key):
                continue
            moved[place] = moved[place]._replace(wishes=tuple(w for w in moved[place].wishes if w is not wish))
            kept = moved[target].wishes
            moved[target] = moved[target]._replace(wishes=(*kept, wish._replace(half=None)))
    return tuple(moved)


def _sized(draft: Draft, mate: Draft) -> Draft:
    """With the size that was said of the other half only."""
    if any(_is_size(draft, wish) for wish in draft.wishes):
        return draft
    sizes = tuple(wish for wish in mate.wishes if _is_size(mate, wish) and fitting(draft.items, wish.key))
    return draft._replace(wishes=(*draft.wishes, *sizes))


def _is_size(draft: Draft, wish: Wish) -> bool:
    choices = [choice for item in draft.items for choice in choices_of(item).get(wish.key, ())]
    return any(group.role == "size" for group, _ in choices)
