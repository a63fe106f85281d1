"""What a caller may not or will not eat: tags that a dish must carry, things that it must not contain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phone_agent.ordering.menu import MenuItem
from phone_agent.ordering.text import plain_words, singular

SAID_FOR_TAG = {
    "veggie": "vegetarian",
    "meatless": "vegetarian",
    "lactose": "dairy",
    "celiac": "gluten free",
    "coeliac": "gluten free",
    "veg": "vegetarian",
}
ALSO_MEANS = {
    "nut": ("peanut", "almond", "cashew", "walnut", "pecan", "pistachio", "hazelnut"),
    "dairy": ("milk",),
    "lactose": ("milk",),
    "gluten": ("wheat",),
    "seafood": ("fish", "shellfish"),
}
BEFORE = frozenset({"no", "without", "avoid", "avoiding", "minus", "not"})
ALLERGIC = ("allergic", "to")
AROUND = BEFORE | {"free", "allergic", "to"}


@dataclass(frozen=True)
class Diet:
    tags: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    """The words that are about something else."""

    @property
    def asks(self) -> bool:
        return bool(self.tags or self.avoided)

    def suits(self, item: MenuItem) -> bool:
        """By what the menu declares, never by a guess: no mark, no yes."""
        contents = _contents(item)
        return set(self.tags) <= set(item.dietary_tags) and not any(thing in contents for thing in self.avoided)


def diet_in(words: Sequence[str], items: Sequence[MenuItem]) -> Diet:
    """`words` as plain_words gives them. A "…-free" that is neither a mark nor an allergen suits nothing."""
    tags = {tag for item in items for tag in item.dietary_tags}
    allergens = {singular(word) for item in items for allergen in item.allergens for word in plain_words(allergen)}
    left = [part for word in words for part in SAID_FOR_TAG.get(word, word).split()]
    asked = [tag for tag in sorted(tags) if _take(left, plain_words(tag))]
    avoided: list[str] = []
    rest: list[str] = []
    for position, word in enumerate(left):
        if not _is_avoided(left, position):
            rest += [word] if word not in AROUND else []
        elif left[position + 1 : position + 2] == ["free"] and not {singular(word), *_also(word)} & allergens:
            asked.append(f"{word}-free")
        else:
            avoided += [singular(word), *_also(word)]
    return Diet(tuple(asked), tuple(avoided), tuple(rest))


def lists_any(item: MenuItem, said: str) -> bool:
    """Whether the dish lists one of the allergens that are spoken of; peanuts count as nuts."""
    words = {part for word in plain_words(said) for part in SAID_FOR_TAG.get(word, word).split()}
    meant = {singular(word) for word in words} | {also for word in words for also in _also(word)}
    return bool(meant & {singular(word) for allergen in item.allergens for word in plain_words(allergen)})


def _also(word: str) -> tuple[str, ...]:
    return ALSO_MEANS.get(singular(word), ())


def _is_avoided(words: Sequence[str], position: int) -> bool:
    if words[position] in AROUND:
        return False
    before = tuple(words[max(0, position - 2) : position])
    return words[position + 1 : position + 2] == ["free"] or before == ALLERGIC or bool(BEFORE & set(before[-1:]))


def _take(words: list[str], phrase: Sequence[str]) -> bool:
    """Removes the phrase from the words where it stands in them."""
    for start in range(len(words) - len(phrase) + 1):
        if tuple(words[start : start + len(phrase)]) == tuple(phrase):
            del words[start : start + len(phrase)]
            return True
    return False


def _contents(item: MenuItem) -> frozenset[str]:
    included = (modifier.label for group in item.option_groups for modifier in group.defaults)
    texts = (item.name, item.description, *item.allergens, *included)
    return frozenset(singular(word) for text in texts for word in plain_words(text))
