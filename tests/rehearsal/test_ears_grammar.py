from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phone_agent.ordering.cart import Cart, ChosenModifier, LineItem
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.ordering.order import make_quote
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.slots_of_sentences import SENTENCES
from phone_agent.ordering.wording import (
    words_for_added,
    words_for_found,
    words_for_person,
    words_for_sections,
)
from phone_agent.rehearsal.caller import ears_grammar
from phone_agent.rehearsal.ears_grammar import GrammarError, grammar_from_templates, words_of, words_of_grammar
from phone_agent.rehearsal.ears_numbers import cents_heard, order_number_heard, value_of
from phone_agent.rehearsal.ears_process import network_in
from tests.builders import read_back_of

DISHES = ["Pad Thai", "Pad See Ew", "Jalapeño Poppers"]
MENU = Path(__file__).parents[2] / "menus" / "food_court.json"
NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)


class Network:
    """Follows words through a grammar; every word leads to one place at most."""

    def __init__(self, grammar: str) -> None:
        self.start, end, steps = network_in(grammar)
        self.next = {(step[0], step[3]): step[1] for step in steps if step[3]}
        self.ends = {step[0] for step in steps if not step[3] and step[1] == end}
        self.is_deterministic = len(self.next) == sum(bool(step[3]) for step in steps)

    def accepts(self, *texts: str) -> bool:
        place: int | None = self.start
        for word in words_of(" ".join(texts)):
            place = self.next.get((place, word)) if place is not None else None
        return place in self.ends


def chosen(grammar: str, texts: Iterable[str]) -> list[str]:
    network = Network(grammar)
    return [text for text in texts if network.accepts(text)]


@pytest.fixture(scope="module")
def menu() -> Menu:
    return parse_menu(MENU.read_text())


@pytest.fixture(scope="module")
def whole(menu: Menu) -> Network:
    return Network(ears_grammar(menu, "Rivera household", "Orlando, FL 32801", ("cheesecake", "seafood")))


def cart_of(menu: Menu) -> Cart:
    """Every dish of a restaurant, with all that can be chosen by default or at least."""
    cart = Cart("cart")
    items = [item for section in menu.restaurants[1].sections for item in section.items]
    for n, item in enumerate(items):
        groups = [(group, group.modifiers[0]) for group in item.option_groups]
        first = tuple(ChosenModifier(group.id, m, "regular" if group.least else "extra") for group, m in groups)
        cart = cart.add(LineItem(str(n), item, n + 1, first))
    return cart


def test_case_and_punctuation_are_dropped() -> None:
    said = ["hello you're welcome sir", "hello you are welcome sir", "hello", "hello you're welcome sir hello"]

    assert chosen(grammar_from_templates({"hi": "Hello! You're welcome, sir."}, {}), said) == said[:1]


def test_sentences_may_be_parts_of_others() -> None:
    templates = {"a": "{dish} is out.", "b": "{dish} is {money}.", "c": "{dish}"}
    grammar = grammar_from_templates(templates, {"dish": DISHES})
    said = ["pad thai", "pad see ew is out", "jalapeno poppers is nine dollars and one cent", "pad", "pad thai is"]

    assert chosen(grammar, said) == said[:3]
    assert Network(grammar).is_deterministic


def test_several_sentences_may_follow_each_other() -> None:
    network = Network(grammar_from_templates({"out": "{dish} is out.", "bye": "Goodbye!"}, {"dish": DISHES}))

    assert network.accepts("Pad Thai is out. Goodbye! Goodbye!")
    assert not network.accepts("")


def test_a_repeated_slot_is_one_or_more() -> None:
    slots = {"dish": DISHES, "lines": ["{count} {dish}"]}
    grammar = grammar_from_templates({"cart": "You have {lines+}."}, slots)
    said = ["You have 1 Pad Thai", "You have 1 Pad Thai, 20 Pad See Ew", "You have", "You have 21 Pad Thai"]

    assert chosen(grammar, said) == said[:2]


def test_slots_in_a_circle_are_refused() -> None:
    with pytest.raises(GrammarError, match="circle: a, b"):
        grammar_from_templates({"x": "{a}"}, {"a": ["{b}"], "b": ["{a}"]})


def test_a_whole_order_can_be_heard(menu: Menu, whole: Network) -> None:
    cart = cart_of(menu)
    quote = make_quote(cart, menu.restaurants[1], quote_id="quote", call_id="call", now=NOW)
    read_back = [read_back_of(quote, NOW), Sentence.PRESS_ONE_OR_SAY_YES.words()]

    assert whole.accepts(words_for_added(cart.lines))
    assert whole.accepts(*read_back)
    assert not whole.accepts(read_back[0].removesuffix("minutes."))


def test_everything_on_the_menu_can_be_heard(menu: Menu, whole: Network) -> None:
    found = [words_for_found("", [item], menu) for item in menu.items]
    sections = [words_for_sections(restaurant) for restaurant in menu.restaurants]

    assert [text for text in found + sections if not whole.accepts(text)] == []
    assert whole.is_deterministic


def test_sentences_without_slots_can_be_heard(whole: Network) -> None:
    assert [sentence.name for sentence in SENTENCES if not sentence.slots and not whole.accepts(sentence.value)] == []


@pytest.mark.parametrize("number", [1, 42, 999])
def test_every_order_number_can_be_heard(whole: Network, number: int) -> None:
    said = Sentence.ORDER_PLACED.words(order_number=f"{number:03d}", minutes="120")

    assert whole.accepts(Sentence.ORDER_READY.words(order_number=f"{number:03d}"))
    assert whole.accepts(said)
    assert not whole.accepts(said.replace("about", "around"))
    assert whole.accepts(Sentence.ORDER_PLACED.words(order_number=f"{number:03d}", minutes="1"))


def test_a_plural_is_heard_after_a_number_and_only_there(whole: Network) -> None:
    said = ["Added 2 Caesar Salads.", "Added 1 Caesar Salad.", "Added 2 Caesar Salad.", "Added 1 Caesar Salads."]

    assert [text for text in said if whole.accepts(text)] == said[:2]


def test_a_telephone_number_is_heard_figure_by_figure(menu: Menu, whole: Network) -> None:
    assert whole.accepts(words_for_person(menu.restaurants[2]))
    assert "zero one three three" in " ".join(words_of(words_for_person(menu.restaurants[2])))


def test_figures_in_templates_become_words() -> None:
    grammar = grammar_from_templates({"press": "Press 1 for $5.01"}, {})

    assert words_of_grammar(grammar) == ["and", "cent", "dollars", "five", "for", "one", "press"]


def test_a_slot_without_phrases_is_named() -> None:
    with pytest.raises(GrammarError, match=r"dish \(templates: cart\)"):
        grammar_from_templates({"cart": "You have {dish}."}, {})
    with pytest.raises(GrammarError, match="dish"):
        grammar_from_templates({"cart": "You have {dish}."}, {"dish": ["!"]})
    with pytest.raises(GrammarError):
        grammar_from_templates({"nothing": "..."}, {})


@pytest.mark.parametrize("cents", [1, 99, 100, 101, 899, 3408, 10000, 11500, 23456, 101099])
def test_spoken_money_is_understood_again(cents: int) -> None:
    said = " ".join(words_of(f"That is ${cents // 100}.{cents % 100:02d}, please."))

    assert cents_heard(said) == (cents,)


def test_every_amount_of_a_sentence_is_found() -> None:
    said = "the tax is two dollars and eight cents and the total is thirty four dollars press one to place it"

    assert cents_heard(said) == (208, 3400)


@pytest.mark.parametrize("said", ["your order number is one zero seven", "order number one zero seven it is ready"])
def test_the_order_number_is_read_by_figures(said: str) -> None:
    assert order_number_heard(said) == "107"


def test_no_order_number_is_made_up() -> None:
    assert order_number_heard("press one to place it") is None
    assert order_number_heard("your order number is not ready") is None


def test_numbers_have_values() -> None:
    assert [value_of(words) for words in ("twenty two", "two hundred and five", "one thousand nine")] == [22, 205, 1009]
