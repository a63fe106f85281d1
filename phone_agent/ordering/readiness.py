"""When an order is ready: its dishes, the orders before it, the kitchen's slots and hours, the caller's wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.delivery import road_minutes
from phone_agent.ordering.errors import RestaurantClosed, SlotFull, TimeNotPossible
from phone_agent.ordering.hours import Stretch, next_opening, stretch_at
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.terms import Capacity
from phone_agent.ordering.wishes import Fulfilment
from phone_agent.ordering.wording_times import words_for_day, words_for_time

MINUTES_PER_ORDER = 1
"""What each order before this one adds, where the restaurant names no capacity."""
MOST_QUEUE_MINUTES = 60
ROUNDED_TO_MINUTES = 5
"""Times that are offered."""
TIME_TO_ANSWER = timedelta(minutes=3)
MOST_SLOTS = 500


@dataclass(frozen=True)
class KitchenLoad:
    open_orders: int = 0
    """Not ready yet, and due in the window that was asked for."""
    per_slot: Mapping[datetime, int] = field(default_factory=dict)
    """Beginning of a slot → orders that become ready in it."""


class SlotTaken(SlotFull):
    """The slot of a quote filled up before it was placed; `load` says which ones have not."""

    def __init__(self, message: str, load: KitchenLoad) -> None:
        super().__init__(message)
        self.load = load


NO_LOAD = KitchenLoad()
LATE = timedelta(minutes=15)
"""An order that is so much overdue has left a kitchen that did not say so."""
AHEAD = timedelta(hours=2)
"""Orders due later do not hold up one of now."""


def period_of_load(now: datetime) -> tuple[datetime, datetime]:
    """Between which the orders are due that hold up one of now."""
    return now - LATE, now + AHEAD


@dataclass(frozen=True)
class Ready:
    at: datetime
    """At the counter."""
    arrives_at: datetime | None
    """At the caller's door; None: picked up."""
    slot_start: datetime | None
    valid_until: datetime
    """The kitchen keeps the promise if the order is placed by then."""


def ready_for(
    cart: Cart, restaurant: Restaurant, fulfilment: Fulfilment, load: KitchenLoad, now: datetime, life: timedelta
) -> Ready:
    """Raises RestaurantClosed, SlotFull, TimeNotPossible."""
    cooking = timedelta(minutes=prep_minutes(cart, restaurant))
    road = timedelta(minutes=road_minutes(fulfilment, restaurant))
    soonest = now + cooking + timedelta(minutes=queue_minutes(load, restaurant.capacity))
    if fulfilment.requested_at is None:
        stretch = _open_now(restaurant, now)
        at = _free_from(soonest, load, restaurant.capacity)
        if at > max(soonest, stretch.closes):
            raise SlotFull(TermSentence.KITCHEN_FULL.words())
        valid_until = min(now + life, stretch.last_order)
    else:
        at = _as_wanted(fulfilment.requested_at - road, cooking, soonest, restaurant, road, now)
        free = _free_from(at, load, restaurant.capacity)
        if free != at:
            raise SlotFull(_offer(TermSentence.TIME_FULL, free + road, restaurant, now))
        valid_until = min(now + life, max(at - cooking, now + TIME_TO_ANSWER))
    slot = slot_of(at, restaurant.capacity)
    return Ready(at, at + road if fulfilment.kind == "delivery" else None, slot, valid_until)


def prep_minutes(cart: Cart, restaurant: Restaurant) -> int:
    """A kitchen cooks side by side: the slowest dish counts, also of two halves and of the parts of a combo."""
    dishes = [dish for line in cart.lines for dish in (line.item, line.other_half) if dish is not None]
    own = [restaurant.eta_minutes if dish.prep_minutes is None else dish.prep_minutes for dish in dishes]
    chosen = {c.modifier.item_id for line in cart.lines for c in line.modifiers if c.amount != "no"}
    return max((*own, *(item.prep_minutes or 0 for item in restaurant.items if item.id in chosen)), default=0)


def queue_minutes(load: KitchenLoad, capacity: Capacity | None) -> int:
    """A little for each open order; where the kitchen has slots, those that are full say it better."""
    return 0 if capacity is not None else min(load.open_orders * MINUTES_PER_ORDER, MOST_QUEUE_MINUTES)


def slot_of(at: datetime, capacity: Capacity | None) -> datetime | None:
    if capacity is None:
        return None
    seconds = capacity.slot_minutes * 60
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, UTC)


def next_free(at: datetime, load: KitchenLoad, restaurant: Restaurant) -> datetime:
    """The first time from `at` on that the kitchen has room for, rounded as one says it."""
    return _rounded_up(_free_from(at, load, restaurant.capacity))


def words_if_closed(restaurant: Restaurant, now: datetime) -> str | None:
    """What a caller should hear before choosing dishes; None: orders are taken."""
    stretch = stretch_at(restaurant.hours, restaurant.timezone, now)
    if stretch is not None and stretch.takes_orders_at(now):
        return None
    coming = next_opening(restaurant.hours, restaurant.timezone, now)
    if coming is None:
        return TermSentence.CLOSED_FOR_LONG.words(restaurant=restaurant.name)
    return TermSentence.CLOSED.words(
        restaurant=restaurant.name,
        day=words_for_day(coming.opens, now, restaurant.timezone),
        time=words_for_time(coming.opens, restaurant.timezone),
    )


def words_for_open(restaurant: Restaurant, now: datetime) -> str:
    """Of one that takes orders now."""
    stretch = stretch_at(restaurant.hours, restaurant.timezone, now)
    if stretch is None or not restaurant.hours.week:
        return TermSentence.OPEN_ALWAYS.words(restaurant=restaurant.name)
    time = words_for_time(stretch.last_order, restaurant.timezone)
    return TermSentence.OPEN_UNTIL.words(restaurant=restaurant.name, time=time)


def _free_from(at: datetime, load: KitchenLoad, capacity: Capacity | None) -> datetime:
    slot = slot_of(at, capacity)
    if slot is None or capacity is None:
        return at
    for _ in range(MOST_SLOTS):
        if load.per_slot.get(slot, 0) < capacity.orders:
            return max(at, slot)
        slot += timedelta(minutes=capacity.slot_minutes)
    raise SlotFull(TermSentence.KITCHEN_FULL.words())


def _open_now(restaurant: Restaurant, now: datetime) -> Stretch:
    stretch = stretch_at(restaurant.hours, restaurant.timezone, now)
    closed = words_if_closed(restaurant, now)
    if stretch is None or closed is not None:
        raise RestaurantClosed(closed or "")
    return stretch


def _as_wanted(
    at: datetime, cooking: timedelta, soonest: datetime, restaurant: Restaurant, road: timedelta, now: datetime
) -> datetime:
    """The kitchen must be able to begin while it takes orders."""
    if at + road <= now:
        raise TimeNotPossible(TermSentence.TIME_PASSED.words())
    begins = at - cooking
    stretch = stretch_at(restaurant.hours, restaurant.timezone, begins)
    if stretch is None or not stretch.takes_orders_at(begins):
        coming = next_opening(restaurant.hours, restaurant.timezone, begins)
        if coming is None:
            raise RestaurantClosed(TermSentence.CLOSED_FOR_LONG.words(restaurant=restaurant.name))
        first = max(coming.opens + cooking, soonest) + road
        raise RestaurantClosed(_offer(TermSentence.CLOSED_THEN, first, restaurant, now))
    if at < soonest:
        raise TimeNotPossible(_offer(TermSentence.TIME_TOO_SOON, soonest + road, restaurant, now))
    return at


def _offer(sentence: Said, at: datetime, restaurant: Restaurant, now: datetime) -> str:
    offered, zone = _rounded_up(at), restaurant.timezone
    names = {"restaurant": restaurant.name} if "restaurant" in sentence.slots else {}
    return sentence.words(day=words_for_day(offered, now, zone), time=words_for_time(offered, zone), **names)


def _rounded_up(at: datetime) -> datetime:
    seconds = ROUNDED_TO_MINUTES * 60
    return datetime.fromtimestamp(-(-at.timestamp() // seconds) * seconds, UTC)
