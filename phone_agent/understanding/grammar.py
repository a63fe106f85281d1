"""The speech grammar of a menu, in JSGF: its dishes with their options, and what people say around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from num2words import num2words

from phone_agent.ordering.menu import Menu, MenuItem, OptionGroup
from phone_agent.understanding import spoken
from phone_agent.understanding.lexicon import WEAK, spoken_names
from phone_agent.understanding.synonyms import SECTION_NAMES, TAG_NAMES
from phone_agent.understanding.tokens import stems, words_in

HEADER = "#JSGF V1.0;\ngrammar menu;\n"
MOST_WORDS_BEFORE_A_DISH = 2
_RULE = re.compile(r"<[^>]*>|/[^/]*/|[()\[\]|;=*+]")
_SAYABLE = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+")


def grammar_for(menu: Menu) -> str:
    rules = {**_frame(), **_names(menu)}
    for number, item in enumerate(menu.items):
        rules |= _dish(number, item)
    rules["dish"] = " | ".join(f"<dish{number}>" for number in range(len(menu.items)))
    body = "\n".join(f"<{name}> = {text};" for name, text in rules.items())
    return f"{HEADER}public <utterance> = [<hesitation>] <sentence> [<ending>];\n{body}\n"


def words_of(grammar: str) -> set[str]:
    """Every word that the grammar can hear."""
    body = grammar.removeprefix(HEADER).replace("public ", "")
    return set(_RULE.sub(" ", body).split())


def as_spoken(name: str) -> str:
    """A name in words that a recognizer can have: lower case, figures written out."""
    plain = name.lower().replace("&", " and ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    pieces = _SAYABLE.findall(plain) if plain.isascii() else list(words_in(plain))
    return " ".join(num2words(int(piece)).replace("-", " ") if piece.isdigit() else piece for piece in pieces)


def weighted(ways: Mapping[str, int]) -> str:
    return " | ".join(f"/{weight}/ {way or '<NULL>'}" for way, weight in ways.items() if weight)


def choice(names: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(spoken_as for name in names if (spoken_as := as_spoken(name))))


def _frame() -> dict[str, str]:
    return {
        "hesitation": spoken.HESITATIONS,
        "ending": spoken.ENDINGS,
        "sentence": "/30/ <order> [<closing>] | /20/ <command> | /6/ <change> | /6/ <pointed> | /3/ <make> | /5/ <question>",
        "order": "[<opening>] <items>",
        "opening": f"{weighted(spoken.OPENINGS)} | {weighted(spoken.QUESTIONS)} | {weighted(spoken.REMOVALS)}",
        "items": "[<quantity>] <dish> [<joint> <items>]",
        "joint": weighted(spoken.JOINTS),
        "quantity": weighted(spoken.QUANTITIES),
        "number": spoken.NUMBERS,
        "amount": weighted(spoken.AMOUNTS),
        "command": weighted(spoken.COMMANDS),
        "closing": weighted(spoken.CLOSINGS),
        "change": f"({weighted(spoken.CHANGES)}) <options>",
        "options": "[<amount> [the | some]] <modifier> [<options>]",
        "pointed": f"[/3/ no | /5/ add | /1/ remove | /3/ i'll take | /2/ i want] ({weighted(spoken.SHOWN)} | /6/ [the | that | a] <part> one)",
        "make": f"({weighted(spoken.MAKINGS)}) (<number> | <number> of them)",
        "question": (
            f"({weighted(spoken.ABOUT_SECTIONS)}) <section> [do you have | are there]"
            f" | ({weighted(spoken.ABOUT_TAGS)}) <tag>"
            f" | ({weighted(spoken.ABOUT_CUISINES)}) <cuisine> [(restaurants | restaurant | food | places)]"
            f" | ({weighted(spoken.ABOUT_RESTAURANTS)}) <restaurant>"
        ),
    }


def _names(menu: Menu) -> dict[str, str]:
    sections = [section.title for place in menu.restaurants for section in place.sections]
    also = [name for title in sections for name in SECTION_NAMES.get(" ".join(stems(words_in(title))), ())]
    tags = sorted({tag for item in menu.items for tag in item.dietary_tags})
    return {
        "section": choice([*sections, *also]),
        "tag": choice([*tags, *(name for tag in tags for name in TAG_NAMES.get(tag, ())[:1])]) or "vegan",
        "cuisine": choice(name for place in menu.restaurants for name in (place.cuisine, place.cuisine_group)),
        "restaurant": choice(name for place in menu.restaurants for name in place.names),
        "modifier": choice(_modifier_names(menu.items)) or "ice",
        "part": choice(_telling_words(menu.items)),
    }


def _modifier_names(items: Sequence[MenuItem]) -> Iterable[str]:
    return (name for item in items for group in item.option_groups for m in group.modifiers for name in m.names)


def _telling_words(items: Sequence[MenuItem]) -> Iterable[str]:
    """First words of names: "the strawberry one"."""
    first = (as_spoken(item.name).split() for item in items)
    return (words[0] for words in first if len(words) > 1 and words[0] not in WEAK)


def _dish(number: int, item: MenuItem) -> dict[str, str]:
    own = f"options{number}"
    names = choice(spoken_names(item))
    before = choice(_before(item.option_groups))
    after = choice(_modifier_names([item]))
    rules = {f"dish{number}": f"{f'[{before}] ' if before else ''}({names}){f' [<{own}>]' if after else ''}"}
    if after:
        rules[own] = f"[<amount>] ({after}) [<{own}>]"
    return rules


def _before(groups: Sequence[OptionGroup]) -> Iterable[str]:
    """What may stand before the dish: "large", "mild", "chicken"."""
    for group in groups:
        if group.role == "size" or group.max == 1:
            for modifier in group.modifiers:
                yield from (n for n in modifier.names if len(n.split()) <= MOST_WORDS_BEFORE_A_DISH and "style" not in n)
