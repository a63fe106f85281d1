"""What can go wrong with an order; every message is a sentence that a caller may hear.

OrderingError
├── NotUnderstood       a name that matches nothing
├── Ambiguous           a name that matches several things equally
├── SoldOut             on the menu, but not today
│   └── NotServed       on the menu, but not at this time, or not by phone
├── OptionMissing       a required choice was not made
├── OptionUnknown       a choice that this dish does not have
├── TooMany             over a limit
├── OtherRestaurant     the cart belongs to another restaurant
├── EmptyCart           nothing to check out
├── NothingToConfirm    no quote is open
├── QuoteExpired        the quote's time has run out
├── CartOutdated        the cart was changed or ordered elsewhere
│   └── AlreadyPlaced   it was ordered, though the answer was lost; the message has the number
├── QuoteOutdated       what the quote was made from has changed
├── RestaurantClosed    no order is taken for that time
├── SlotFull            the kitchen has no room at that time
├── TimeNotPossible     a time that has passed, or comes too soon
├── NotDelivered        no delivery there, or not for so little
├── CouponRefused       a code that is unknown or no longer counts
├── TipRefused          a tip that nobody can have meant
├── IllegalChange       an order in this state cannot become that
└── StoreUnavailable    the store cannot be read or written
"""

from __future__ import annotations


class OrderingError(Exception):
    """The message is what the caller hears."""


class NotUnderstood(OrderingError):
    pass


class Ambiguous(OrderingError):
    """`candidates`: at most three names to choose from."""

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


class SoldOut(OrderingError):
    pass


class NotServed(SoldOut):
    pass


class OptionMissing(OrderingError):
    """`item_id` and `group_id` say which choice of which dish is open."""

    def __init__(self, message: str, item_id: str, group_id: str) -> None:
        super().__init__(message)
        self.item_id = item_id
        self.group_id = group_id


class OptionUnknown(OrderingError):
    pass


class TooMany(OrderingError):
    pass


class OtherRestaurant(OrderingError):
    pass


class EmptyCart(OrderingError):
    pass


class NothingToConfirm(OrderingError):
    pass


class QuoteExpired(OrderingError):
    pass


class QuoteOutdated(OrderingError):
    pass


class CartOutdated(OrderingError):
    pass


class AlreadyPlaced(CartOutdated):
    pass


class RestaurantClosed(OrderingError):
    pass


class SlotFull(OrderingError):
    pass


class TimeNotPossible(OrderingError):
    pass


class NotDelivered(OrderingError):
    pass


class CouponRefused(OrderingError):
    pass


class TipRefused(OrderingError):
    pass


class IllegalChange(OrderingError):
    pass


class StoreUnavailable(OrderingError):
    """`advice`: what staff can do about it, where that is known; no caller hears it."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice
