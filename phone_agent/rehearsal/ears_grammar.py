"""The grammar of everything the agent can say, made from its wording templates."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from phone_agent.voice.offline.speakable import speakable

SLOT = re.compile(r"\{(\w+)(\+?)\}")
FIGURES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_RULES = {
    "figure": " | ".join(FIGURES),
    "unit": " | ".join(FIGURES[1:]),
    "count": f"<unit> | {' | '.join(TEENS)} | ({' | '.join(TENS)}) [<unit>]",
    "cents": "one cent | <count> cents",
    "hundreds": "<unit> hundred [[and] <count>]",
    "dollars": "one dollar | ([<unit> thousand [and]] (<hundreds> | <count>) | <unit> thousand) dollars",
    "money": "<dollars> [[and] <cents>] | <cents>",
    "number": "<figure>+",
    "order_number": "<figure> <figure> <figure>",
}


class GrammarError(ValueError):
    """The templates and the slots do not fit together."""


def grammar_from_templates(templates: Mapping[str, str], slots: Mapping[str, Sequence[str]]) -> str:
    """A JSGF of one or more of these sentences.

    A template's `{slot}` is one of the slot's phrases, which may name slots themselves; `{slot+}` is one or more of
    them. Money, counts, order numbers and numbers read by figures need no slot.
    """
    sentences = [tokens for text in templates.values() if (tokens := _tokens(text))]
    if not sentences:
        raise GrammarError("no template says anything")
    rules = NUMBER_RULES | {name: _phrases(name, phrases) for name, phrases in slots.items()}
    rules["sentence"] = _factored(sentences)
    _refuse_unknown(rules, templates)
    needed = _needed("sentence", rules)
    lines = [f"<{name}> = {body};" for name, body in rules.items() if name in needed]
    return "\n".join(["#JSGF V1.0;", "grammar agent;", "public <heard> = <sentence>+;", *lines]) + "\n"


def words_of(text: str) -> list[str]:
    """The text as it is spoken: small letters, no punctuation, figures and money as words."""
    plain = unicodedata.normalize("NFKD", speakable(text).replace("\u2019", "'"))
    plain = plain.encode("ascii", "ignore").decode().lower()
    return [word for word in re.split(r"[^a-z']+", plain) if word.strip("'")]


def words_of_grammar(grammar: str) -> list[str]:
    bodies = " ".join(line.partition(" = ")[2] for line in grammar.splitlines()[2:])
    return sorted(set(re.findall(r"[a-z']+", re.sub(r"<\w+>", " ", bodies))))


def _phrases(name: str, phrases: Sequence[str]) -> str:
    spoken = [tokens for phrase in phrases if (tokens := _tokens(phrase))]
    if not spoken:
        raise GrammarError(f"the slot {name} has no phrase")
    return _factored(spoken)


def _tokens(text: str) -> list[str]:
    tokens, rest = [], 0
    for slot in SLOT.finditer(text):
        tokens += [*words_of(text[rest : slot.start()]), f"<{slot[1]}>"]
        tokens += [f"<{slot[1]}>*"] if slot[2] else []
        rest = slot.end()
    return [*tokens, *words_of(text[rest:])]


def _factored(phrases: Iterable[Sequence[str]]) -> str:
    """Alternatives that share their beginnings: the decoder follows each beginning once, which makes it much faster."""
    branches: dict[str, list[Sequence[str]]] = {}
    for phrase in phrases:
        branches.setdefault(phrase[0], []).append(phrase[1:])
    return " | ".join(f"{first} {_ending(rests)}".rstrip() for first, rests in branches.items())


def _ending(rests: list[Sequence[str]]) -> str:
    longer = [rest for rest in rests if rest]
    if not longer:
        return ""
    body = _factored(longer)
    if len(longer) < len(rests):
        return f"[{body}]"
    return f"({body})" if len({rest[0] for rest in longer}) > 1 else body


def _refuse_unknown(rules: Mapping[str, str], templates: Mapping[str, str]) -> None:
    if unknown := sorted({name for body in rules.values() for name in _named(body)} - rules.keys()):
        users = sorted(key for key, text in templates.items() if any(f"{{{name}" in text for name in unknown))
        raise GrammarError(f"no phrases for {', '.join(unknown)} (templates: {', '.join(users) or 'none'})")


def _needed(name: str, rules: Mapping[str, str]) -> set[str]:
    found, open_names = set(), [name]
    while open_names:
        found.add(here := open_names.pop())
        open_names += [other for other in _named(rules[here]) if other not in found]
    return found


def _named(body: str) -> list[str]:
    return re.findall(r"<(\w+)>", body)
