"""The menu by keypad: where the caller is in it, and the dish as chosen so far. A key gives another place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from phone_agent.ordering.cart import ChosenModifier, LineItem
from phone_agent.ordering.errors import OptionMissing
from phone_agent.ordering.menu import Menu, MenuItem, Modifier, OptionGroup, Restaurant, Section
from phone_agent.ordering.options import fill_defaults


class Level(Enum):
    RESTAURANT = auto()
    SECTION = auto()
    DISH = auto()
    CHOICE = auto()
    """One choice of one option group."""
    COUNT = auto()
    """How many of the dish."""


@dataclass(frozen=True)
class Walk:
    """Moves are named after what the keys say; None is a key that means nothing here."""

    menu: Menu = field(repr=False, compare=False)
    restaurants: tuple[Restaurant, ...]
    """Between which the caller may choose: one where the cart has dishes already."""
    level: Level
    restaurant_at: int = 0
    section_at: int = 0
    dish_at: int = 0
    quantity: int = 1
    chosen: tuple[ChosenModifier, ...] = ()
    asked: tuple[OptionGroup, ...] = ()
    """The option groups still to be gone through; the first is the one that the caller hears."""
    choice_at: int = 0
    is_adding: bool = False
    """The caller has pressed to add it; what is asked now are its required choices."""

    @property
    def restaurant(self) -> Restaurant:
        return self.restaurants[self.restaurant_at]

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for section in self.restaurant.sections if _dishes_of(section))

    @property
    def section(self) -> Section:
        return self.sections[self.section_at]

    @property
    def dishes(self) -> tuple[MenuItem, ...]:
        return _dishes_of(self.section)

    @property
    def dish(self) -> MenuItem:
        return self.dishes[self.dish_at]

    @property
    def group(self) -> OptionGroup:
        return self.asked[0]

    @property
    def choice(self) -> Modifier:
        return self._choices_of(self.group)[self.choice_at]

    @property
    def choice_price_cents(self) -> int:
        """What one dish costs more with the choice that the caller hears."""
        return self._with_this_choice().line("").unit_price_cents - self.line("").unit_price_cents

    @property
    def is_to_be_added(self) -> bool:
        return self.is_adding and self.level is Level.DISH

    @property
    def has_options(self) -> bool:
        return bool(self._groups())

    @property
    def can_leave_options(self) -> bool:
        return self.level is Level.CHOICE and not self.is_adding and not self._is_open(self.group)

    def line(self, line_id: str) -> LineItem:
        try:
            modifiers = fill_defaults(self.dish, self.chosen)
        except OptionMissing:
            modifiers = self.chosen
        return LineItem(line_id, self.dish, self.quantity, modifiers)

    def take(self) -> Walk | None:
        match self.level:
            case Level.RESTAURANT:
                return self._first_section()
            case Level.SECTION:
                return self._at_dish(0)
            case Level.DISH:
                missing = tuple(group for group in self.dish.option_groups if self._is_open(group))
                return replace(self, is_adding=True)._asking(missing)
            case Level.CHOICE:
                return self._with_choice()
            case Level.COUNT:
                return None

    def next(self) -> Walk | None:
        match self.level:
            case Level.RESTAURANT:
                return self._at_restaurant(self.restaurant_at + 1)
            case Level.SECTION:
                return self._after_section()
            case Level.DISH:
                return self._at_dish(self.dish_at + 1) if self.dish_at + 1 < len(self.dishes) else self._after_section()
            case Level.CHOICE:
                return self._at_choice(self.choice_at + 1)
            case Level.COUNT:
                return None

    def options(self) -> Walk | None:
        """Goes through the dish's options from the first, or leaves them where nothing required is open."""
        if self.level is Level.DISH and self.has_options:
            return replace(self, chosen=())._asking(self._groups())
        return self._asking(()) if self.can_leave_options else None

    def how_many(self) -> Walk | None:
        return replace(self, level=Level.COUNT) if self.level is Level.DISH else None

    def count(self, quantity: int) -> Walk | None:
        return replace(self, level=Level.DISH, quantity=quantity) if self.level is Level.COUNT else None

    def as_before(self) -> Walk:
        """The same dish with nothing chosen: it was added, or could not be."""
        return self._at_dish(self.dish_at)

    def kept(self, menu: Menu, restaurants: Sequence[Restaurant]) -> Walk | None:
        """The same place where that is still there, else the beginning."""
        selling = _selling(restaurants)
        if menu is not self.menu or self.restaurant not in selling:
            return begin_walk(menu, restaurants)
        return replace(self, restaurants=selling, restaurant_at=selling.index(self.restaurant))

    def is_where(self, other: Walk) -> bool:
        """Whether a key means here what it meant there."""
        return self.menu is other.menu and self.restaurant is other.restaurant

    def _first_section(self) -> Walk:
        at_first = replace(self, level=Level.SECTION, section_at=0)
        return at_first if len(self.sections) > 1 else at_first._at_dish(0)

    def _after_section(self) -> Walk:
        if self.section_at + 1 < len(self.sections):
            return replace(self, level=Level.SECTION, section_at=self.section_at + 1)
        return self._at_restaurant(self.restaurant_at + 1)

    def _at_restaurant(self, place: int) -> Walk:
        """One restaurant only is not asked about."""
        there = replace(self, level=Level.RESTAURANT, restaurant_at=place % len(self.restaurants))
        return there if len(self.restaurants) > 1 else there._first_section()

    def _at_dish(self, place: int) -> Walk:
        return replace(
            self, level=Level.DISH, dish_at=place, quantity=1, chosen=(), asked=(), choice_at=0, is_adding=False
        )

    def _asking(self, groups: tuple[OptionGroup, ...]) -> Walk:
        return replace(self, level=Level.CHOICE if groups else Level.DISH, asked=groups, choice_at=0)

    def _with_choice(self) -> Walk:
        taken = self._with_this_choice()
        if taken._is_full(self.group) or (self.is_adding and not taken._is_open(self.group)):
            return taken._asking(self.asked[1:])
        return taken._at_choice(self.choice_at)

    def _with_this_choice(self) -> Walk:
        return replace(self, chosen=(*self.chosen, ChosenModifier(self.group.id, self.choice)))

    def _at_choice(self, place: int) -> Walk:
        """After the last choice the next group; a required one begins again."""
        if place < len(self._choices_of(self.group)):
            return replace(self, choice_at=place)
        return replace(self, choice_at=0) if self._is_open(self.group) else self._asking(self.asked[1:])

    def _groups(self) -> tuple[OptionGroup, ...]:
        whole = replace(self, chosen=())
        groups = self.dish.option_groups
        return tuple(group for group in groups if whole._choices_of(group) and not whole._is_full(group))

    def _choices_of(self, group: OptionGroup) -> tuple[Modifier, ...]:
        """What the dish comes with anyway is not offered."""
        taken = self._taken(group)
        return tuple(m for m in group.modifiers if m.is_available and not m.is_default and m.id not in taken)

    def _taken(self, group: OptionGroup) -> frozenset[str]:
        return frozenset(choice.modifier.id for choice in self.chosen if choice.group_id == group.id)

    def _with_defaults(self, group: OptionGroup) -> frozenset[str]:
        return self._taken(group) | {default.id for default in group.defaults}

    def _is_open(self, group: OptionGroup) -> bool:
        return len(self._with_defaults(group)) < group.least

    def _is_full(self, group: OptionGroup) -> bool:
        """In a group of one any choice takes the default's place."""
        return len(self._taken(group) if group.max == 1 else self._with_defaults(group)) >= group.max


def begin_walk(menu: Menu, restaurants: Sequence[Restaurant]) -> Walk | None:
    """None where nothing can be sold."""
    selling = _selling(restaurants)
    return Walk(menu, selling, Level.RESTAURANT)._at_restaurant(0) if selling else None


def _selling(restaurants: Sequence[Restaurant]) -> tuple[Restaurant, ...]:
    return tuple(place for place in restaurants if any(_dishes_of(section) for section in place.sections))


def _dishes_of(section: Section) -> tuple[MenuItem, ...]:
    return tuple(
        item
        for item in section.items
        if item.is_available and not item.minimum_age and all(map(_can_be_met, item.option_groups))
    )


def _can_be_met(group: OptionGroup) -> bool:
    return sum(modifier.is_available for modifier in group.modifiers) >= group.least
