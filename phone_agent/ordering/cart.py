"""The cart: line items before confirmation. A change gives a new cart, or an error and no change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from phone_agent.ordering.errors import NotUnderstood, OtherRestaurant, TooMany
from phone_agent.ordering.menu import MenuItem, Modifier
from phone_agent.ordering.sentences import Sentence

Amount = Literal["no", "light", "regular", "extra", "double"]
MOST_PER_LINE = 20
MOST_PER_ORDER = 50
Half = Literal["left", "right"]
PRICED_TIMES: dict[Amount, int] = {"no": 0, "light": 1, "regular": 1, "extra": 1, "double": 2}


@dataclass(frozen=True)
class ChosenModifier:
    group_id: str
    modifier: Modifier
    amount: Amount = "regular"
    count: int = 1
    half: Half | None = None
    """None: on the whole dish."""

    def price_cents_at(self, size: str | None) -> int:
        """On one half it costs half, rounded half up."""
        whole = self.modifier.price_cents_at(size) * PRICED_TIMES[self.amount] * self.count
        return whole if self.half is None else (whole + 1) // 2

    @property
    def goes_without_saying(self) -> bool:
        """The dish comes like this."""
        return self.modifier.is_default and (self.amount, self.count, self.half) == ("regular", 1, None)


@dataclass(frozen=True)
class LineItem:
    id: str
    item: MenuItem
    quantity: int = 1
    modifiers: tuple[ChosenModifier, ...] = ()
    """In the order of the item's option groups."""
    note: str = ""
    other_half: MenuItem | None = None
    """The dish of the right half; the options are the item's."""

    @property
    def size(self) -> Modifier | None:
        sizes = {group.id for group in self.item.option_groups if group.role == "size"}
        return next((c.modifier for c in self.modifiers if c.group_id in sizes and c.amount != "no"), None)

    @property
    def base_price_cents(self) -> int:
        """Without options."""
        if self.other_half is None:
            return self.item.price_cents
        size = self.size
        of_size = size.price_cents if size else 0
        one, two = self.item.price_cents + of_size, _price_cents_at(self.other_half, size)
        is_average = {self.item.half_price, self.other_half.half_price} == {"average"}
        return ((one + two + 1) // 2 if is_average else max(one, two)) - of_size

    def price_cents_of(self, chosen: ChosenModifier) -> int:
        return chosen.price_cents_at(self.size.slug if self.size else None)

    @property
    def unit_price_cents(self) -> int:
        return self.base_price_cents + sum(self.price_cents_of(chosen) for chosen in self.modifiers)

    @property
    def total_cents(self) -> int:
        return self.unit_price_cents * self.quantity

    @property
    def is_available(self) -> bool:
        """Nothing of it is sold out."""
        dishes = (self.item, *((self.other_half,) if self.other_half else ()))
        chosen = (c.modifier for c in self.modifiers if c.amount != "no")
        return all(dish.is_available for dish in dishes) and all(modifier.is_available for modifier in chosen)

    def is_same_dish(self, other: LineItem) -> bool:
        """Whichever way round its halves lie, and in whatever order its options were named."""
        return self._sameness == other._sameness

    @property
    def _sameness(self) -> tuple[object, ...]:
        whole, left, right = (
            frozenset((c.modifier.id, c.amount, c.count) for c in self.modifiers if c.half == half)
            for half in (None, "left", "right")
        )
        if self.other_half is None:
            return (self.item.id, None, whole, frozenset((left, right)), self.note)
        return (self.item.id, self.other_half.id, whole, (left, right), self.note)


@dataclass(frozen=True)
class Cart:
    id: str
    lines: tuple[LineItem, ...] = ()
    version: int = 0
    """Raised by the store with every change."""

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def restaurant_id(self) -> str | None:
        return self.lines[0].item.restaurant_id if self.lines else None

    @property
    def subtotal_cents(self) -> int:
        return sum(line.total_cents for line in self.lines)

    @property
    def quantity(self) -> int:
        return sum(line.quantity for line in self.lines)

    def line(self, line_id: str) -> LineItem:
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NotUnderstood(Sentence.NOT_IN_CART.words())

    def numbered(self, number: int) -> LineItem:
        """Counted from 1. Raises NotUnderstood."""
        if not 1 <= number <= len(self.lines):
            raise NotUnderstood(Sentence.NOT_IN_CART.words())
        return self.lines[number - 1]

    def add(self, line: LineItem) -> Cart:
        """Merges with an equal line. Raises OtherRestaurant, TooMany, NotUnderstood."""
        if self.restaurant_id not in (None, line.item.restaurant_id):
            raise OtherRestaurant(Sentence.OTHER_RESTAURANT.words())
        if line.quantity < 1:
            raise NotUnderstood(Sentence.HOW_MANY.words())
        equal = next((other for other in self.lines if other.is_same_dish(line)), None)
        if equal is None:
            return self._with((*self.lines, line))
        return self.change(equal.id, replace(equal, quantity=equal.quantity + line.quantity))

    def change(self, line_id: str, changed: LineItem) -> Cart:
        """Puts `changed` in the place of the line; a quantity of 0 removes it; equal lines merge.

        Raises OtherRestaurant, TooMany, NotUnderstood.
        """
        if changed.quantity == 0:
            return self.remove(line_id)
        if self.line(line_id).item.restaurant_id != changed.item.restaurant_id:
            raise OtherRestaurant(Sentence.OTHER_RESTAURANT.words())
        if changed.quantity < 0:
            raise NotUnderstood(Sentence.HOW_MANY.words())
        twin = next((o for o in self.lines if o.id != line_id and o.is_same_dish(changed)), None)
        if twin is not None:
            merged = replace(twin, quantity=twin.quantity + changed.quantity)
            return self._with(tuple(merged if o is twin else o for o in self.lines if o.id != line_id))
        return self._with(tuple(replace(changed, id=line_id) if o.id == line_id else o for o in self.lines))

    def remove(self, line_id: str) -> Cart:
        self.line(line_id)
        return self._with(tuple(line for line in self.lines if line.id != line_id))

    def _with(self, lines: tuple[LineItem, ...]) -> Cart:
        for line in lines:
            if not 1 <= line.quantity <= MOST_PER_LINE:
                raise TooMany(Sentence.TOO_MANY_OF_DISH.words(limit=str(MOST_PER_LINE)))
        if sum(line.quantity for line in lines) > MOST_PER_ORDER:
            raise TooMany(Sentence.TOO_MANY_DISHES.words(limit=str(MOST_PER_ORDER)))
        return replace(self, lines=lines)


def _price_cents_at(item: MenuItem, size: Modifier | None) -> int:
    same = item.size(size.slug) if size else None
    return item.price_cents + (same.price_cents if same else 0)
