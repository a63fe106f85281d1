"""Time of one look-up on a menu of a thousand dishes: python -m bench.matching [--items 1000] [--rounds 200]."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice, product
from statistics import median, quantiles
from time import thread_time

from phone_agent.ordering.errors import OrderingError
from phone_agent.ordering.matching import find_items, match_item
from phone_agent.ordering.menu import Menu, MenuItem, Modifier, OptionGroup, Restaurant, Section
from phone_agent.understanding.context import Context
from phone_agent.understanding.parser import understand
from phone_agent.understanding.whole_order import whole_order

LIMIT_MS = 5.0


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STYLES = _words("smoked grilled crispy spicy sweet roasted braised pickled golden creamy rustic charred")
MAINS = _words(
    "chicken salmon tofu beef lamb shrimp turkey mushroom eggplant cauliflower halloumi pork duck tuna falafel trout"
)
KINDS = _words("burger wrap salad bowl curry sandwich taco burrito pizza soup stew platter")
UNKNOWN = ("bicycle repair", "window cleaning", "a haircut", "three umbrellas")


def generated_menu(count: int) -> Menu:
    """Restaurants of 250 dishes each."""
    names = [" ".join(words) for words in islice(product(STYLES, MAINS, KINDS), count)]
    places = tuple(_restaurant(f"kitchen-{start}", names[start : start + 250]) for start in range(0, count, 250))
    return Menu(places)


def _restaurant(slug: str, names: Sequence[str]) -> Restaurant:
    items = tuple(_item(slug, name) for name in names)
    return Restaurant(
        id=slug, slug=slug, name=slug.replace("-", " "), cuisine="american", cuisine_group="american",
        sections=(Section(f"{slug}/all", "all", "All", items),), tax_rate_basis_points=0, timezone="UTC",
        eta_minutes=20, city="Orlando", state="FL",
    )  # fmt: skip


def _item(place: str, name: str) -> MenuItem:
    key = f"{place}/{name}"
    extras = tuple(Modifier(f"{key}/{label}", label, label) for label in ("onions", "cheese", "bacon", "avocado"))
    sizes = tuple(Modifier(f"{key}/{label}", label, label) for label in ("small", "large"))
    groups = (
        OptionGroup(f"{key}/size", "size", "size", sizes, role="size"),
        OptionGroup(f"{key}/extras", "extras", "extras", extras, max=4),
    )
    first, second, third = name.split()
    aliases = (f"{second} {third} {first} style", f"the {first} {second}")
    return MenuItem(key, name.replace(" ", "-"), name.title(), 999, place, f"{place}/all", "", aliases, groups)


def _misspelt(name: str, chance: random.Random) -> str:
    """One vowel wrong in the longest word."""
    longest = max(name.split(), key=len)
    places = [at for at, letter in enumerate(longest) if at and letter in "aeiou"]
    at = chance.choice(places)
    return name.replace(longest, longest[:at] + chance.choice("aeiou") + longest[at + 1 :])


def _sentences(items: Sequence[MenuItem], chance: random.Random) -> Iterator[str]:
    while True:
        first, second, third = (item.name.lower() for item in chance.sample(items, 3))
        yield f"i'd like two large {first}s with extra cheese a {second} without onions and a small {third} please"


def timed(look_up: Callable[[str], object], said: Sequence[str]) -> list[float]:
    """Milliseconds of processor time each: a busy machine shows the same. A refusal is an answer too."""
    taken = []
    for words in said:
        start = thread_time()
        with suppress(OrderingError):
            look_up(words)
        taken.append(1000 * (thread_time() - start))
    return taken


def measured(count: int, rounds: int) -> dict[str, list[float]]:
    menu = generated_menu(count)
    items = menu.items
    chance = random.Random(7)
    drawn = [chance.choice(items) for _ in range(rounds)]
    said = {
        "exact": [item.name for item in drawn],
        "alias": [item.aliases[0] for item in drawn],
        "misspelt": [_misspelt(item.name.lower(), chance) for item in drawn],
        "unknown": [chance.choice(UNKNOWN) for _ in range(rounds)],
    }
    timed(lambda words: match_item(items, words), ["warm up"])
    times = {kind: timed(lambda words: match_item(items, words), words) for kind, words in said.items()}
    find_items(menu, "warm up")
    times["search"] = timed(lambda words: find_items(menu, words), said["misspelt"])
    sentences = list(islice(_sentences(items, chance), max(rounds // 4, 1)))
    understand(sentences[0], Context(menu))
    times["three dishes, in a call"] = timed(lambda text: understand(text, Context(menu)), sentences)
    times["three dishes, whole order"] = timed(lambda text: whole_order(text, menu), sentences)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=200)
    asked = parser.parse_args()
    times = measured(asked.items, asked.rounds)
    for kind, taken in times.items():
        print(f"{kind:28} median {median(taken):7.2f} ms   p95 {quantiles(taken, n=20)[-1]:7.2f} ms   n {len(taken)}")
    slow = [kind for kind in ("exact", "alias", "misspelt", "unknown") if quantiles(times[kind], n=20)[-1] > LIMIT_MS]
    if slow:
        sys.exit(f"over {LIMIT_MS:.0f} ms: {', '.join(slow)}")


if __name__ == "__main__":
    main()
