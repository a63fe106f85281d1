"""What each key of a phone means in each moment of a call."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto


class Mode(Enum):
    TALK = auto()
    READ_BACK = auto()
    PLACED = auto()
    """The sentence with the order number is being said: only `*` cuts it, and what other keys say comes after it."""
    KEYPAD_MENU = auto()
    HOW_MANY = auto()
    """The keypad menu waits for one digit: how many of the dish."""
    CHECKING_OUT = auto()
    """The keypad menu has asked for the read-back, and its first sound is still to come."""
    CODE_ENTRY = auto()
    WITH_STAFF = auto()
    """Any key brings back who waits for somebody to answer."""


class Action(Enum):
    PLACE = auto()
    EDIT = auto()
    REPEAT = auto()
    PERSON = auto()
    COME_BACK = auto()
    CART = auto()
    LANGUAGE = auto()
    CART_CODE = auto()
    WHAT_ONE_DOES = auto()
    NUMBER_AGAIN = auto()
    NO_MEANING = auto()
    OPEN_MENU = auto()
    TAKE = auto()
    NEXT = auto()
    OPTIONS = auto()
    HOW_MANY = auto()
    COUNT = auto()
    TAKE_OUT = auto()
    START_OVER = auto()
    CHECK_OUT = auto()
    SAME_AGAIN = auto()
    PERSON_IN_MENU = auto()
    NO_MEANING_IN_MENU = auto()
    IGNORE = auto()
    COLLECT = auto()
    END_CODE = auto()
    CLEAR_CODE = auto()


EVERYWHERE = {"*": Action.REPEAT, "0": Action.PERSON, "#": Action.CART}
IN_MENU = {"*": Action.SAME_AGAIN, "0": Action.PERSON_IN_MENU, "#": Action.CHECK_OUT}
MEANING: Mapping[Mode, Mapping[str, Action]] = {
    Mode.TALK: {
        **EVERYWHERE,
        "1": Action.WHAT_ONE_DOES,
        "7": Action.CART_CODE,
        "8": Action.LANGUAGE,
        "9": Action.OPEN_MENU,
    },
    Mode.READ_BACK: {**EVERYWHERE, "1": Action.PLACE, "2": Action.EDIT, "8": Action.LANGUAGE},
    Mode.PLACED: {**EVERYWHERE, "1": Action.NUMBER_AGAIN},
    Mode.KEYPAD_MENU: {
        **IN_MENU,
        "1": Action.TAKE,
        "2": Action.NEXT,
        "3": Action.OPTIONS,
        "4": Action.HOW_MANY,
        "5": Action.TAKE_OUT,
        "8": Action.LANGUAGE,
        "9": Action.START_OVER,
    },
    Mode.HOW_MANY: {**IN_MENU, **dict.fromkeys("123456789", Action.COUNT)},
    Mode.CHECKING_OUT: {},
    Mode.CODE_ENTRY: {**dict.fromkeys("0123456789", Action.COLLECT), "#": Action.END_CODE, "*": Action.CLEAR_CODE},
    Mode.WITH_STAFF: {},
}
OTHERWISE: Mapping[Mode, Action] = {
    Mode.TALK: Action.NO_MEANING,
    Mode.READ_BACK: Action.NO_MEANING,
    Mode.PLACED: Action.IGNORE,
    Mode.KEYPAD_MENU: Action.NO_MEANING_IN_MENU,
    Mode.HOW_MANY: Action.NO_MEANING_IN_MENU,
    Mode.CHECKING_OUT: Action.IGNORE,
    Mode.CODE_ENTRY: Action.IGNORE,
    Mode.WITH_STAFF: Action.COME_BACK,
}
SILENT = {Action.NUMBER_AGAIN, Action.IGNORE, Action.COME_BACK}
"""What does not stop the agent's speech."""


def stops_speech(mode: Mode, action: Action) -> bool:
    return action is Action.REPEAT if mode is Mode.PLACED else action not in SILENT
