"""The menu file's entries beside the dishes: opening hours, delivery, the kitchen's capacity, coupons."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from phone_agent.ordering.hours import DayPart, Holiday, Hours, Opening
from phone_agent.ordering.menu_fields import ZIP_CODE, Cents, Entry, Span, Text, span_of
from phone_agent.ordering.terms import Capacity, Coupon, DeliveryTerms

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


ZipCode = Annotated[str, StringConstraints(pattern=ZIP_CODE)]


class HoursEntry(Entry):
    """Open round the clock where no weekday is given; otherwise closed on those that are not."""

    monday: tuple[Span, ...] = ()
    tuesday: tuple[Span, ...] = ()
    wednesday: tuple[Span, ...] = ()
    thursday: tuple[Span, ...] = ()
    friday: tuple[Span, ...] = ()
    saturday: tuple[Span, ...] = ()
    sunday: tuple[Span, ...] = ()
    holidays: dict[date, tuple[Span, ...]] = Field(default_factory=dict)
    """Dates with hours of their own; an empty list: closed."""
    day_parts: dict[Text, Span] = Field(default_factory=dict)
    """Name, as it is said ("breakfast"), and when it is."""
    last_order_minutes: int = Field(default=0, ge=0, le=240)
    """How long before closing the kitchen takes its last order."""

    @property
    def week(self) -> dict[str, tuple[str, ...]]:
        return {day: getattr(self, day) for day in WEEKDAYS}

    def hours(self) -> Hours:
        return Hours(
            week=tuple(
                Opening(number, *span_of(span)) for number, spans in enumerate(self.week.values()) for span in spans
            ),
            holidays=tuple(
                Holiday(on, tuple(span_of(span) for span in spans)) for on, spans in sorted(self.holidays.items())
            ),
            day_parts=tuple(DayPart(name, *span_of(span)) for name, span in self.day_parts.items()),
            last_order_minutes=self.last_order_minutes,
        )


class DeliveryEntry(Entry):
    zip_codes: tuple[ZipCode, ...] = Field(min_length=1)
    """Where it delivers to, five digits each: "32801"."""
    minimum: Cents = 0
    """The least subtotal of a delivery."""
    fee: Cents = 0
    minutes: int = Field(20, ge=0, le=240)
    """On the road, after the food is ready."""

    def terms(self) -> DeliveryTerms:
        return DeliveryTerms(self.zip_codes, self.minimum, self.fee, self.minutes)


class CapacityEntry(Entry):
    orders: int = Field(ge=1)
    """How many orders may become ready in one slot."""
    slot_minutes: int = Field(15, ge=5, le=120)

    def capacity(self) -> Capacity:
        return Capacity(self.orders, self.slot_minutes)


class CouponEntry(Entry):
    """Takes off a percentage or an amount, one of the two."""

    code: Text
    """As said on the phone; capital and small letters are the same."""
    percent: int = Field(0, ge=0, le=100)
    amount: Cents = 0
    minimum: Cents = 0
    """The least subtotal that it is good for."""
    until: date | None = None
    """The last day."""

    def coupon(self) -> Coupon:
        return Coupon(self.code, self.percent, self.amount, self.minimum, self.until)
