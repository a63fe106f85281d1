"""Where the menu's own words stand in a sentence: dishes, modifiers, restaurants, sections, cuisines, tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Generic, TypeVar

from phone_agent.ordering.menu import Menu, MenuItem, Modifier, OptionGroup, Restaurant, Section
from phone_agent.understanding.synonyms import SECTION_NAMES, TAG_NAMES
from phone_agent.understanding.tokens import Words, content_of, stems, word_set, words_in

LONGEST_NAME = 8
WEAK = word_set(
    """
    and with of the a an on in our your for de la no to or one two three four five six
    """
)
T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """What a name may mean, and the position after it."""

    values: tuple[T, ...]
    end: int
    length: int
    is_whole: bool = True
    """The whole name, not a part of it."""


@dataclass(frozen=True)
class Names(Generic[T]):
    """Names by their stems; values in the menu's order."""

    by_stems: Mapping[Words, tuple[T, ...]]

    def at(self, words: Words, start: int) -> Found[T] | None:
        """The longest name that starts here."""
        for end in range(min(len(words), start + LONGEST_NAME), start, -1):
            values = self.by_stems.get(stems(words[start:end]))
            if values:
                return Found(values, end, end - start)
        return None


def names_of(pairs: Iterator[tuple[str, T]]) -> Names[T]:
    found: dict[Words, list[T]] = {}
    for name, value in pairs:
        same = found.setdefault(stems(content_of(words_in(name))), [])
        if value not in same:
            same.append(value)
    return Names({key: tuple(values) for key, values in found.items() if key})


@dataclass(frozen=True)
class Lexicon:
    menu: Menu
    dishes: Names[MenuItem]
    dish_parts: Names[MenuItem]
    modifiers: Names[Modifier]
    restaurants: Names[Restaurant]
    sections: Names[Section]
    cuisines: Names[str]
    tags: Names[str]
    allergens: Names[str]
    vocabulary: frozenset[str] = field(repr=False)

    def dish_at(self, words: Words, start: int) -> Found[MenuItem] | None:
        """A whole name where there is one of at least the same length, else a part of names."""
        whole, part = self.dishes.at(words, start), self.dish_parts.at(words, start)
        if whole is not None and (part is None or whole.end >= part.end):
            return whole
        return replace(part, is_whole=False) if part is not None else None

    def modifier_at(self, words: Words, start: int, item: MenuItem | None = None) -> Found[Modifier] | None:
        """Of this dish only, where one is given."""
        if item is not None:
            return modifiers_of(item).at(words, start)
        return self.modifiers.at(words, start)


@lru_cache(maxsize=8)
def lexicon_of(menu: Menu) -> Lexicon:
    dishes = names_of((name, item) for item in menu.items for name in spoken_names(item))
    modifiers = names_of(
        (name, modifier)
        for item in menu.items
        for group in item.option_groups
        for modifier in group.modifiers
        for name in group.names_of(modifier)
    )
    cuisines = names_of(_cuisine_names(menu))
    tags = names_of(_tag_names({tag for item in menu.items for tag in item.dietary_tags}))
    parts = names_of(_parts(menu.items))
    parts = Names(
        {key: items for key, items in parts.by_stems.items() if not {key} & {*cuisines.by_stems, *tags.by_stems}}
    )
    lexicon = Lexicon(
        menu=menu,
        dishes=dishes,
        dish_parts=parts,
        modifiers=modifiers,
        restaurants=names_of((name, place) for place in menu.restaurants for name in place.names),
        sections=names_of(_section_names(menu)),
        cuisines=cuisines,
        tags=tags,
        allergens=names_of((name, name) for name in sorted({name for item in menu.items for name in item.allergens})),
        vocabulary=frozenset(),
    )
    named = (lexicon.dishes, lexicon.modifiers, lexicon.restaurants, lexicon.sections, lexicon.cuisines, lexicon.tags)
    vocabulary = frozenset(word for names in named for key in names.by_stems for word in key)
    return Lexicon(**{**vars(lexicon), "vocabulary": vocabulary})


@lru_cache(maxsize=1024)
def modifiers_of(item: MenuItem) -> Names[Modifier]:
    return names_of((name, m) for group in item.option_groups for m in group.modifiers for name in group.names_of(m))


@lru_cache(maxsize=1024)
def groups_of(item: MenuItem) -> Names[OptionGroup]:
    return names_of((name, group) for group in item.option_groups for name in (group.title, *group.aliases))


def spoken_names(item: MenuItem) -> tuple[str, ...]:
    """Its names, also with "with" for "and"."""
    return tuple(dict.fromkeys((*item.names, *(name.replace(" and ", " with ") for name in item.names))))


def _parts(items: Sequence[MenuItem]) -> Iterator[tuple[str, MenuItem]]:
    for item in items:
        for name in item.names:
            words = content_of(words_in(name))
            first = 1 if name == item.name else len(words)
            for end in range(first, len(words) + 1):
                yield from ((part, item) for start in range(end) if (part := _part(words[start:end])))


def _part(words: Words) -> str:
    return "" if words[0] in WEAK or words[-1] in WEAK else " ".join(words)


def _section_names(menu: Menu) -> Iterator[tuple[str, Section]]:
    for place in menu.restaurants:
        for section in place.sections:
            title = " ".join(stems(words_in(section.title)))
            for name in (section.title, *section.aliases, *SECTION_NAMES.get(title, ()), *section.title.split(" and ")):
                yield name, section


def _cuisine_names(menu: Menu) -> Iterator[tuple[str, str]]:
    for place in menu.restaurants:
        yield place.cuisine, place.cuisine
        yield place.cuisine_group, place.cuisine_group


def _tag_names(tags: set[str]) -> Iterator[tuple[str, str]]:
    for tag in sorted(tags):
        for name in (tag, *TAG_NAMES.get(tag, ())):
            yield name, tag
