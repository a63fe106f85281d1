"""The grammar of everything the agent can say, made from its wording templates."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from phone_agent.ordering.cart import MOST_PER_LINE
from phone_agent.rehearsal.ears_network import Network, network_of, with_parts
from phone_agent.voice.offline.speakable import speakable

SLOT = re.compile(r"\{(\w+)(\+?)\}")
KIND = re.compile(r"<(\w+)>")
MOST_MINUTES = 120
RARER_BY_COUNT = 13.0
FIGURES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
COUNTS = [*FIGURES[1:], *TEENS, "twenty"]
NUMBERS: dict[str, Sequence[str]] = {
    "figure": FIGURES,
    "unit": FIGURES[1:],
    "below_hundred": [*FIGURES[1:], *TEENS, *TENS, *(f"{ten} {unit}" for ten in TENS for unit in FIGURES[1:])],
    "after_hundred": ["{below_hundred}", "and {below_hundred}"],
    "below_thousand": ["{below_hundred}", "{unit} hundred", "{unit} hundred {after_hundred}"],
    "thousands": ["{unit} thousand", "{unit} thousand {below_thousand}", "{unit} thousand and {below_thousand}"],
    "dollars": ["one dollar", "{below_thousand} dollars", "{thousands} dollars"],
    "cents": ["one cent", "{below_hundred} cents"],
    "money": ["{dollars}", "{cents}", "{dollars} {cents}", "{dollars} and {cents}"],
    "count": [str(n) for n in range(1, MOST_MINUTES + 1)],
    "line_count": [str(n) for n in range(1, MOST_PER_LINE + 1)],
    "several": [str(n) for n in range(2, MOST_PER_LINE + 1)],
    "minutes": ["1 minute", "{count} minutes"],
    "number": ["{figure+}"],
    "order_number": ["{figure} {figure} {figure}"],
}


class GrammarError(ValueError):
    """The templates and the slots do not fit together."""


def grammar_from_templates(templates: Mapping[str, str], slots: Mapping[str, Sequence[str]]) -> str:
    """A network in pocketsphinx' own text format (FSG) of one or more of these sentences.

    A template's `{slot}` is one of the slot's phrases, which may name slots themselves; `{slot+}` is one or more of
    them. Money, counts, order numbers and numbers read by figures need no slot; a count within a slot is of one line.
    """
    of_a_line: dict[str, Sequence[str]] = {
        name: [text.replace("{count}", "{line_count}") for text in texts] for name, texts in slots.items()
    }
    kinds = {name: _spoken(texts) for name, texts in (NUMBERS | of_a_line).items()}
    sentences = _spoken(template.replace("{count} minutes", "{minutes}") for template in templates.values())
    if not sentences:
        raise GrammarError("no template says anything")
    _refuse_unknown(kinds, sentences, templates)
    leaves = {f"<{name}>": network_of(kinds[name], {}) for name in kinds if not _named(kinds[name])}
    inner = _inner_networks(kinds, leaves)
    return _fsg(with_parts(network_of(sentences, inner, is_repeated=True), leaves))


def words_of(text: str) -> list[str]:
    """The text as it is spoken: small letters, no punctuation, figures and money as words."""
    plain = unicodedata.normalize("NFKD", speakable(text).replace("\u2019", "'"))
    plain = plain.encode("ascii", "ignore").decode().lower()
    return [word for word in re.split(r"[^a-z']+", plain) if word.strip("'")]


def words_of_grammar(grammar: str) -> list[str]:
    return sorted({arc[4] for line in grammar.splitlines() if len(arc := line.split()) == 5})


def _spoken(texts: Iterable[str]) -> list[list[str]]:
    return [tokens for text in texts if (tokens := _tokens(text))]


def _tokens(text: str) -> list[str]:
    """Words, and <kind> or <kind>+ for slots."""
    tokens, rest = [], 0
    for slot in SLOT.finditer(text):
        tokens += [*words_of(text[rest : slot.start()]), f"<{slot[1]}>{slot[2]}"]
        rest = slot.end()
    return [*tokens, *words_of(text[rest:])]


def _inner_networks(kinds: Mapping[str, Sequence[Sequence[str]]], leaves: Mapping[str, Network]) -> dict[str, Network]:
    """Of the kinds that name other kinds, each over the symbols of the leaves."""
    made: dict[str, Network] = {}
    waiting = [name for name in kinds if f"<{name}>" not in leaves]
    while waiting:
        ready = [name for name in waiting if not _named(kinds[name]) & set(waiting)]
        if not ready:
            raise GrammarError(f"these slots name each other in a circle: {', '.join(waiting)}")
        made |= {f"<{name}>": network_of(kinds[name], made) for name in ready}
        waiting = [name for name in waiting if name not in ready]
    return made


def _likely(word: str, arcs: Mapping[str, int]) -> float:
    """How many of a dish: people order one or two of it, hardly ever nineteen. Other numbers are all alike.

    The exponent weighs as much as the sounds do: with 2 "one caesar" was heard as "nineteen grilled".
    """
    counts_dishes = {"one", "nineteen"} <= arcs.keys() and "thirty" not in arcs
    if not counts_dishes or word not in COUNTS:
        return 1
    return float((COUNTS.index(word) + 1) ** -RARER_BY_COUNT)


def _fsg(network: Network) -> str:
    final = len(network.arcs)
    lines = ["FSG_BEGIN", f"NUM_STATES {final + 1}", "START_STATE 0", f"FINAL_STATE {final}"]
    for state, arcs in enumerate(network.arcs):
        lines += [f"TRANSITION {state} {target} {_likely(word, arcs):.6g} {word}" for word, target in arcs.items()]
    lines += [f"TRANSITION {state} {final} 1" for state in sorted(network.accepting)]
    return "\n".join([*lines, "FSG_END"]) + "\n"


def _refuse_unknown(
    kinds: Mapping[str, Sequence[Sequence[str]]], sentences: Sequence[Sequence[str]], templates: Mapping[str, str]
) -> None:
    named = _named(sentences).union(*map(_named, kinds.values()))
    if unknown := sorted(name for name in named if not kinds.get(name)):
        users = sorted(key for key, text in templates.items() if any(f"{{{name}" in text for name in unknown))
        raise GrammarError(f"no phrases for {', '.join(unknown)} (templates: {', '.join(users) or 'none'})")


def _named(phrases: Iterable[Sequence[str]]) -> set[str]:
    return {kind[1] for phrase in phrases for token in phrase if (kind := KIND.match(token))}
