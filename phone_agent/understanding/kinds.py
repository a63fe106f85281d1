"""What a phrase is for."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Up to UNCLEAR a wish by itself; the others are followed by words of their own."""

    YES = "yes"
    NO = "no"
    CONFIRM_ORDER = "confirm_order"
    CHECKOUT = "checkout"
    VIEW = "view"
    CLEAR = "clear"
    UNDO = "undo"
    MENU = "menu"
    MORE = "more"
    RESTAURANTS = "restaurants"
    PROFILE = "profile"
    REPEAT = "repeat"
    PERSON = "person"
    SCREEN = "screen"
    HELP = "help"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    GREETING = "greeting"
    PAUSE = "pause"
    KEEP = "keep"
    AUTOMATED = "automated"
    PAYMENT = "payment"
    UNCLEAR = "unclear"
    ADD = "add"
    WANT = "want"
    REMOVE = "remove"
    MAKE = "make"
    SWAP = "swap"
    MEANT = "meant"
    FIND = "find"
    ASK = "ask"
    PRICE = "price"
    IS = "is"
    TIME = "time"
    ALLERGY = "allergy"
    BARE = "bare"


COMPLETE = frozenset(tuple(Kind)[: tuple(Kind).index(Kind.ADD)])
QUESTIONS = frozenset((Kind.FIND, Kind.ASK, Kind.PRICE, Kind.IS, Kind.TIME, Kind.ALLERGY))
