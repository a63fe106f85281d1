"""What the agent says in the menu by keypad: where the caller is, and the keys that work there."""

from __future__ import annotations

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.keypad_walk import Level, Walk
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.wording import format_usd, words_for_lines


def words_for_place(walk: Walk) -> str:
    match walk.level:
        case Level.RESTAURANT:
            return Sentence.KEYPAD_RESTAURANT.words(restaurant=walk.restaurant.name)
        case Level.SECTION:
            return Sentence.KEYPAD_SECTION.words(section=walk.section.title)
        case Level.DISH:
            return _words_for_dish(walk)
        case Level.CHOICE:
            return _words_for_choice(walk)
        case Level.COUNT:
            return Sentence.KEYPAD_HOW_MANY.words(dish=walk.dish.name)


def words_for_keypad_added(line: LineItem) -> str:
    return Sentence.KEYPAD_ADDED.words(lines=words_for_lines([line]))


def words_for_keypad_removed(line: LineItem) -> str:
    return Sentence.KEYPAD_REMOVED.words(lines=words_for_lines([line]))


def _words_for_dish(walk: Walk) -> str:
    line = walk.line("")
    price = format_usd(line.total_cents)
    if walk.quantity == 1 and not walk.chosen:
        sentence = Sentence.KEYPAD_DISH_WITH_OPTIONS if walk.has_options else Sentence.KEYPAD_DISH
        return sentence.words(dish=line.item.name, price=price)
    sentence = Sentence.KEYPAD_LINE_WITH_OPTIONS if walk.has_options else Sentence.KEYPAD_LINE
    return sentence.words(lines=words_for_lines([line]), price=price)


def _words_for_choice(walk: Walk) -> str:
    """A required choice cannot be left before it is made."""
    group, option, cents = walk.group.title.lower(), walk.choice.label, walk.choice_price_cents
    if cents <= 0:
        sentence = Sentence.KEYPAD_OPTION if walk.can_leave_options else Sentence.KEYPAD_CHOICE
        return sentence.words(option_group=group, option=option)
    sentence = Sentence.KEYPAD_OPTION_PRICED if walk.can_leave_options else Sentence.KEYPAD_CHOICE_PRICED
    return sentence.words(option_group=group, option=option, price=format_usd(cents))
