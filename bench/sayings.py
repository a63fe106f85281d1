"""What callers say in the recognition bench: sentences to tune with, and others of other dishes that are held out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random

from pocketsphinx import get_model_path

from phone_agent.ordering.menu import Menu
from phone_agent.understanding.grammar import as_spoken

SETS = ("tuning", "held-out")

STRANGERS = 30
LENGTHS = range(3, 8)


@dataclass(frozen=True)
class Saying:
    kind: str
    text: str
    quote_is_open: bool = False


@dataclass(frozen=True)
class Frames:
    """`{}` is a dish, `{s}` dishes, `{n}` a number from two to four."""

    one: Sequence[str]
    many: Sequence[str]
    about: Sequence[str]
    commands: Sequence[str]
    answers: Sequence[str]
    terms: Sequence[str]
    """Beside dishes: handing over, times, tips, allergies, hours, the order."""


FRAMES = {
    "tuning": Frames(
        one=(
            "i would like a {}", "a {} please", "can i get a {}", "a {}", "hi i'd like a {} and a {}", "one {} please",
        ),
        many=("i would like {n} {s}", "{n} {s} please", "{n} {s}", "a {} and {n} {s}"),
        about=("how much is the {}", "remove the {}", "do you have {}"),
        commands=(
            "check out please", "thank you goodbye", "that's all", "show my cart", "make it three", "goodbye",
            "what's on the menu", "let's check out",
        ),
        answers=(
            "yes", "no", "yes please", "that's right", "yes confirm order", "yes that's right", "no thank you",
            "no i want to change it", "can you repeat that",
        ),
        terms=(
            "for pickup", "i'll pick it up at six thirty", "for delivery please", "can you deliver", "at seven",
            "tomorrow at noon", "for pickup in twenty minutes", "as soon as possible", "add a fifteen percent tip",
            "no tip", "i'm allergic to peanuts", "i have a nut allergy", "what are your hours", "when do you close",
            "where are you", "how long will it take",
        ),
    ),
    "held-out": Frames(
        one=("i'll have a {}", "could i get a {} please", "a {} to go", "and a {}", "give me a {} and one {}", "a {}"),
        many=("i'll have {n} {s}", "give me {n} {s} please", "{n} {s} to go", "{n} {s} and a {}"),
        about=("what's the price of the {}", "take off the {}", "tell me about the {}"),
        commands=(
            "i'm ready to order", "thanks bye", "thank you very much goodbye", "that is everything", "make that two",
            "what's in my order", "what do you have", "that's it thanks",
        ),
        answers=(
            "yeah", "yep", "nope", "yes it is", "that's correct", "go ahead", "yes place my order", "not yet",
            "yes thank you", "no that's not right", "sorry", "sure",
        ),
        terms=(
            "pickup please", "for pickup at half past seven", "make it delivery", "do you deliver",
            "tomorrow at quarter past eight", "at eight thirty p m", "tonight at nine", "in half an hour",
            "leave a twenty percent tip", "a five dollar tip please", "i'm allergic to shellfish",
            "my son has a sesame allergy", "how late are you open tonight", "are you still open", "what's the address",
            "when will my order be ready",
        ),
    ),
}  # fmt: skip

OFF_THE_MENU = {
    "tuning": (
        "what time does the football game start", "my dog ate the newspaper this morning", "yesterday it rained",
        "can you tell me the weather in chicago", "i need to book a flight to boston", "guess who called me",
        "just a minute someone is at the door", "is this the police", "west side story", "let me think about that",
        "happy birthday to you", "where is the nearest gas station", "he said he was busy", "chess is fun", "less",
    ),
    "held-out": (
        "my sister lives in texas", "did you see the news last night", "yes man is a funny movie", "ice", "jazz music",
        "the essay is due on monday", "nobody was at the station", "turn the television down please", "what a mess",
        "i can hardly hear my own voice", "she plays chess every wednesday", "stop it right now", "the best of times",
        "who left the garage open", "bless you",
    ),
}  # fmt: skip


def sayings(menu: Menu, name: str) -> list[Saying]:
    """The same every time."""
    frames = FRAMES[name]
    dishes = _dishes(menu, name)
    numbers = cycle(("two", "three", "four"))
    said = [
        *(("a dish", frame, 12) for frame in frames.one[:1]),
        *(("a dish", frame, 4) for frame in frames.one[1:]),
        *(("counted", frame, 6) for frame in frames.many),
        *(("about", frame, 3) for frame in frames.about),
    ]
    return [
        *(Saying(kind, _filled(frame, dishes, numbers)) for kind, frame, times in said for _ in range(times)),
        *(Saying("command", text) for text in frames.commands),
        *(Saying("answer", text, quote_is_open=True) for text in frames.answers),
        *(Saying("terms", text) for text in frames.terms),
    ]


def off_the_menu(name: str) -> tuple[str, ...]:
    return OFF_THE_MENU[name]


def strangers(name: str) -> list[str]:
    """One to three words of any kind: what a television says while the order is read back."""
    with Path(get_model_path(), "en-us", "cmudict-en-us.dict").open(encoding="latin-1") as lines:
        words = [word for line in lines if (word := line.split(" ", 1)[0]).isalpha() and len(word) in LENGTHS]
    chance = Random(name)
    return [" ".join(chance.sample(words, chance.choice((1, 1, 1, 2, 3)))) for _ in range(STRANGERS)]


def _dishes(menu: Menu, name: str) -> Iterator[str]:
    return cycle(islice((as_spoken(item.name) for item in menu.items), SETS.index(name), None, len(SETS)))


def _filled(frame: str, dishes: Iterator[str], numbers: Iterator[str]) -> str:
    text = frame
    while "{}" in text:
        text = text.replace("{}", next(dishes), 1)
    if "{s}" in text:
        text = text.replace("{s}", _several(next(dishes))).replace("{n}", next(numbers))
    return " ".join("an" if word == "a" and _begins_with_vowel(after) else word for word, after in _pairs(text))


def _several(dish: str) -> str:
    return dish if dish.endswith("s") else f"{dish}s"


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    words = text.split()
    return zip(words, [*words[1:], ""], strict=True)


def _begins_with_vowel(word: str) -> bool:
    return word[:1] in tuple("aeio")
