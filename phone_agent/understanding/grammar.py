"""The speech grammar of a menu, in JSGF: its dishes with their options, and what people say around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from num2words import num2words

from phone_agent.ordering.menu import Menu, MenuItem
from phone_agent.understanding import spoken, spoken_terms
from phone_agent.understanding.lexicon import WEAK, spoken_names
from phone_agent.understanding.synonyms import SECTION_NAMES, TAG_NAMES
from phone_agent.understanding.tokens import stems, words_in

HEADER = "#JSGF V1.0;\ngrammar menu;\n"
MOST_WORDS_BEFORE_A_DISH = 2
MENU_NAME = 4
PLURAL = 30
REPLIES_TO_A_READ_BACK = 2
_RULE = re.compile(r"<[^>]*>|/[^/]*/|[()\[\]|;=*+]")
_SAYABLE = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+")


def grammar_for(menu: Menu, *, is_read_back: bool = False) -> str:
    """One flat list of dishes: a rule for each would cost the recognizer three times the work.

    An order that is read back is mostly answered with yes or no.
    """
    rules = {**_orders(), **_around_orders(), **_names(menu)}
    utterance = f"{perhaps('<greeting>', 8)} {perhaps('<hesitation>', 12)} <sentence> {perhaps('<courtesy>', 4)}"
    if is_read_back:
        utterance = f"/{REPLIES_TO_A_READ_BACK}/ <reply> {perhaps('<courtesy>', 4)} | /1/ {utterance}"
    body = "\n".join(f"<{name}> = {text};" for name, text in rules.items())
    return f"{HEADER}public <utterance> = {utterance};\n{body}\n"


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


def perhaps(what: str, odds: int) -> str:
    """Said once in `odds` + 1 times."""
    return f"(/{odds}/ <NULL> | /1/ {what})"


def choice(names: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(spoken_as for name in names if (spoken_as := as_spoken(name))))


def _orders() -> dict[str, str]:
    return {
        "greeting": spoken.GREETINGS,
        "hesitation": spoken.HESITATIONS,
        "courtesy": spoken.COURTESIES,
        "ending": spoken.ENDINGS,
        "sentence": (
            "/30/ <order> | /3/ <removal> | /5/ <price> | /20/ <command> | /4/ <change> | /5/ <pointed> | /3/ <make>"
            " | /2/ <swap> | /5/ <question> | /6/ <terms>"
        ),
        "order": (
            f"(/1/ <NULL> | /2/ <opening>) <items> {perhaps('<ending>', 6)} {perhaps('<beside_dishes>', 24)}"
            f" {perhaps('<closing>', 12)}"
        ),
        "opening": weighted(spoken.OPENINGS),
        "removal": f"({weighted(spoken.REMOVALS)}) <the> <dish> {perhaps('<options>', 6)}",
        "price": f"({weighted(spoken.QUESTIONS)}) <the> <dish>",
        "the": weighted(spoken.NAMED),
        "items": (
            f"(/4/ <quantity> {perhaps('<before>', 8)} <dish> | /3/ <several> {perhaps('<before>', 8)} <dishes>)"
            f" {perhaps('<options>', 4)} {perhaps('<joint> <items>', 2)}"
        ),
        "joint": weighted(spoken.JOINTS),
        "quantity": weighted(spoken.QUANTITIES),
        "several": weighted(spoken.SEVERAL),
    }


def _around_orders() -> dict[str, str]:
    """Commands, answers, changes and questions."""
    return {
        "number": spoken.NUMBERS,
        "amount": weighted(spoken.AMOUNTS),
        "command": weighted(spoken.COMMANDS | spoken.REPLIES),
        "reply": weighted(spoken.REPLIES),
        "closing": weighted(spoken.CLOSINGS),
        "change": f"[{spoken.MAKE_IT}] <answer> | [{spoken.ADD_TO_IT}] <options>",
        "options": f"<amount> <modifier> {perhaps('<options>', 6)}",
        "pointed": (
            f"[{spoken.TAKE_IT}] ({weighted(spoken.SHOWN)} | /6/ (/4/ the | that | a) <part> one)"
            f" {perhaps('<ending>', 3)}"
        ),
        "make": f"({weighted(spoken.MAKINGS)}) (<number> | <number> of them)",
        "swap": f"{spoken.SWAP} (/3/ a | /1/ the | /1/ <NULL>) <dish>",
        "question": (
            f"/2/ ({weighted(spoken.ABOUT_SECTIONS)}) <section> {perhaps('do you have', 1)}"
            f" | ({weighted(spoken.ABOUT_TAGS)}) <tag>"
            f" | ({weighted(spoken.ABOUT_CUISINES)}) <cuisine> [(restaurants | restaurant | food | places)]"
            f" | ({weighted(spoken.ABOUT_RESTAURANTS)}) <restaurant>"
        ),
        **{name: weighted(ways) for name, ways in spoken_terms.RULES.items()},
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
        "answer": choice(_choices(menu.items)) or "regular",
        "before": choice(n for n in _choices(menu.items) if len(n.split()) <= MOST_WORDS_BEFORE_A_DISH) or "regular",
        "dish": weighted(_dishes(menu.items)),
        "dishes": _plurals(_dishes(menu.items)),
        "kind": choice(_kinds(menu.items)) or "food",
        "part": choice(_telling_words(menu.items)),
    }


def _dishes(items: Sequence[MenuItem]) -> dict[str, int]:
    """Most people call a dish what the menu calls it."""
    others = [*(name for item in items for name in spoken_names(item)), *_kinds(items)]
    return {
        **{name: 1 for other in others if (name := as_spoken(other))},
        **{name: MENU_NAME for item in items if (name := as_spoken(item.name))},
    }


def _plurals(names: Mapping[str, int]) -> str:
    """Most people say "two caesar salads", some "two grilled salmon"."""
    return " | ".join(
        f"/{PLURAL * weight}/ {name}"
        if name.endswith("s")
        else f"/{weight}/ {name} | /{(PLURAL - 1) * weight}/ {name}s"
        for name, weight in names.items()
    )


def _modifier_names(items: Sequence[MenuItem]) -> Iterable[str]:
    return (name for item in items for group in item.option_groups for m in group.modifiers for name in m.names)


def _telling_words(items: Sequence[MenuItem]) -> Iterable[str]:
    """First words of names: "the strawberry one"."""
    first = (as_spoken(item.name).split() for item in items)
    return (words[0] for words in first if len(words) > 1 and words[0] not in WEAK)


def _kinds(items: Sequence[MenuItem]) -> Iterable[str]:
    """Last words that several names share: "cheesecake", "pizza"."""
    last = [as_spoken(name).split()[-1] for item in items for name in (item.name,)]
    return (word for word in last if last.count(word) > 1 and word not in WEAK)


def _choices(items: Sequence[MenuItem]) -> Iterable[str]:
    """What answers a question, or stands before the dish: "large", "mild", "chicken"."""
    for item in items:
        for group in item.option_groups:
            if group.role == "size" or group.required or group.max == 1:
                yield from (name for modifier in group.modifiers for name in modifier.names)
