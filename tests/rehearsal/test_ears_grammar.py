import pytest

from phone_agent.rehearsal.ears_grammar import GrammarError, grammar_from_templates, words_of, words_of_grammar
from phone_agent.rehearsal.ears_numbers import cents_heard, order_number_heard, value_of

DISHES = ["Pad Thai", "Pad See Ew", "Jalapeño Poppers"]


def rule(grammar: str, name: str) -> str:
    return next(line for line in grammar.splitlines() if line.startswith(f"<{name}> = "))


def test_case_and_punctuation_are_dropped() -> None:
    grammar = grammar_from_templates({"hi": "Hello! You're welcome, sir."}, {})

    assert rule(grammar, "sentence") == "<sentence> = hello you're welcome sir;"


def test_sentences_share_their_beginning() -> None:
    grammar = grammar_from_templates(
        {"a": "{dish} is out.", "b": "{dish} is {money}.", "c": "{dish}"}, {"dish": DISHES}
    )

    assert rule(grammar, "sentence") == "<sentence> = <dish> [is (out | <money>)];"
    assert rule(grammar, "dish") == "<dish> = pad (thai | see ew) | jalapeno poppers;"


def test_a_repeated_slot_is_one_or_more() -> None:
    slots = {"dish": DISHES, "lines": ["{count} {dish}"]}
    grammar = grammar_from_templates({"cart": "You have {lines+}."}, slots)

    assert rule(grammar, "sentence") == "<sentence> = you have <lines> <lines>*;"


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
