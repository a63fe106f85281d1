"""What is allowed in a menu file but hardly meant: names that clash, choices nobody can make, hours that overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from phone_agent.ordering.menu_entries import ItemEntry, OptionGroupEntry
from phone_agent.ordering.menu_fields import span_of
from phone_agent.ordering.menu_restaurant import RestaurantEntry
from phone_agent.ordering.menu_slips import Slip
from phone_agent.ordering.text import key_words
from phone_agent.ordering.translations import names_of

MINUTES_PER_DAY = 24 * 60


def warnings_in(restaurants: Sequence[RestaurantEntry]) -> tuple[Slip, ...]:
    return tuple(
        slip for place, entry in enumerate(restaurants) for slip in _of_restaurant(f"restaurants[{place}]", entry)
    )


def _of_restaurant(path: str, restaurant: RestaurantEntry) -> Iterator[Slip]:
    items = [
        (f"{path}.sections[{nth}].items[{place}]", item)
        for nth, section in enumerate(restaurant.sections)
        for place, item in enumerate(section.items)
    ]
    yield from _clashes([(item_path, (item.name, *item.aliases)) for item_path, item in items])
    dishes = {item.id: item for _, item in items}
    for item_path, item in items:
        yield from _of_item(item_path, item)
        yield from _of_combo(item_path, item, dishes)
    yield from _two_rules([(item_path, item) for item_path, item in items if item.half_price is not None])
    yield from _overlaps(f"{path}.hours", restaurant)
    yield from _never_orders(f"{path}.hours", restaurant)
    yield from _translated_in_vain(f"{path}.translations", restaurant)


def _translated_in_vain(path: str, restaurant: RestaurantEntry) -> Iterator[Slip]:
    names = set(names_of(restaurant.restaurant())) if restaurant.translations else set()
    for code, translated in restaurant.translations.items():
        for name in translated:
            if name not in names:
                yield Slip(f"{path}.{code}", f'nothing here is called "{name}"')


def _of_item(path: str, item: ItemEntry) -> Iterator[Slip]:
    groups = [(f"{path}.option_groups[{place}]", group) for place, group in enumerate(item.option_groups)]
    modifiers = [
        (f"{group_path}.modifiers[{place}]", modifier)
        for group_path, group in groups
        for place, modifier in enumerate(group.modifiers)
    ]
    yield from _clashes([(modifier_path, (m.label, *m.aliases)) for modifier_path, m in modifiers])
    first: dict[str, str] = {}
    for modifier_path, modifier in modifiers:
        if first.setdefault(modifier.id, modifier_path) != modifier_path:
            yield Slip(f"{modifier_path}.id", f'"{modifier.id}" is the id of {first[modifier.id]} too')
    for group_path, group in groups:
        yield from _of_group(group_path, group)


def _of_combo(path: str, combo: ItemEntry, dishes: Mapping[str, ItemEntry]) -> Iterator[Slip]:
    """A combo with a dish of the morning is refused in the evening, and nobody is told before the read-back."""
    own = set(combo.day_parts)
    for nth, part in enumerate(combo.combo):
        for place, choice in enumerate(part.choices):
            served = set(dishes[choice.item].day_parts)
            if served and not (own and own <= served):
                words = f"is served for {' and '.join(sorted(served))} only, and the combo is not"
                yield Slip(f"{path}.combo[{nth}].choices[{place}].item", words)


def _of_group(path: str, group: OptionGroupEntry) -> Iterator[Slip]:
    least = max(group.min, int(group.required))
    available = sum(modifier.is_available for modifier in group.modifiers)
    if available < least:
        yield Slip(path, f"{least} must be chosen, but {available or 'none'} can be had: nobody can order this dish")
    for place, modifier in enumerate(group.modifiers):
        if modifier.is_default and not modifier.is_available:
            yield Slip(f"{path}.modifiers[{place}]", "is a default that cannot be had")


def _two_rules(halved: Sequence[tuple[str, ItemEntry]]) -> Iterator[Slip]:
    for path, item in halved[1:]:
        if item.half_price != halved[0][1].half_price:
            words = f'{halved[0][0]} has "{halved[0][1].half_price}": the two together cost what the dearer one does'
            yield Slip(f"{path}.half_price", words)


def _clashes(named: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Slip]:
    """Two that are called alike are asked back each time."""
    first: dict[tuple[str, ...], str] = {}
    for path, names in named:
        for words in dict.fromkeys(key_words(name) for name in names):
            if first.setdefault(words, path) != path:
                yield Slip(path, f'"{" ".join(words)}" is a name of {first[words]} too')


def _overlaps(path: str, restaurant: RestaurantEntry) -> Iterator[Slip]:
    week = restaurant.hours.week
    days = [[_minutes(span) for span in spans] for spans in week.values()]
    for number, day in enumerate(week):
        last = max((ends - MINUTES_PER_DAY for _, ends in days[number - 1]), default=0)
        if _overlap(days[number]) or any(begins < last for begins, _ in days[number]):
            yield Slip(f"{path}.{day}", "hours overlap, within the day or with the day before")
    for on, spans in restaurant.hours.holidays.items():
        if _overlap([_minutes(span) for span in spans]):
            yield Slip(f"{path}.holidays.{on}", "hours overlap")


def _never_orders(path: str, restaurant: RestaurantEntry) -> Iterator[Slip]:
    hours = restaurant.hours
    spans = [span for day in (*hours.week.values(), *hours.holidays.values()) for span in day]
    longest = max((ends - begins for begins, ends in map(_minutes, spans)), default=None)
    if longest is not None and hours.last_order_minutes >= longest:
        yield Slip(f"{path}.last_order_minutes", f"nobody can order: it is never open for more than {longest} minutes")


def _minutes(span: str) -> tuple[int, int]:
    opens, closes = span_of(span)
    begins, ends = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
    return begins, ends if ends > begins else ends + MINUTES_PER_DAY


def _overlap(spans: Sequence[tuple[int, int]]) -> bool:
    ordered = sorted(spans)
    return any(one[1] > other[0] for one, other in pairwise(ordered))
