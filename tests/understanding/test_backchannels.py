"""What shows that one listens, what asks to wait, and what says something."""

from __future__ import annotations

import pytest

from phone_agent.languages import load_language
from phone_agent.understanding.answer import answer_in, asks_to_wait
from phone_agent.understanding.backchannels import is_backchannel


@pytest.mark.parametrize(
    "text",
    ["uh-huh", "Okay.", "mm-hm", "Mhm", "right", "Right, right.", "all right", "oh okay", "Got it!", "ok", "hmm"],
)
def test_who_only_listens_asks_for_nothing(text: str) -> None:
    assert is_backchannel(text)


@pytest.mark.parametrize(
    "text",
    ["", "yes", "no", "wait", "okay two of them", "right now", "good evening", "okay check out", "all", "(unclear)"],
)
def test_whatever_says_more_is_no_backchannel(text: str) -> None:
    assert not is_backchannel(text)


@pytest.mark.parametrize("text", ["hold on", "one second", "hang on please", "wait a minute"])
def test_who_asks_for_time_is_understood(text: str) -> None:
    assert asks_to_wait(text)
    assert answer_in(text) is None


@pytest.mark.parametrize("text", ["wait", "Wait, wait!", "no wait", "stop"])
def test_a_bare_wait_is_a_no_to_what_was_read(text: str) -> None:
    assert answer_in(text) == "no"


@pytest.mark.parametrize("text", ["yes", "no", "okay", "wait two more salads", "can you hold the onions", ""])
def test_whatever_asks_for_more_is_no_wait(text: str) -> None:
    assert not asks_to_wait(text)


@pytest.mark.parametrize("text", ["Ajá.", "vale", "mm", "sí, sí", "vale, vale", "okay"])
def test_who_only_listens_in_spanish_asks_for_nothing(text: str) -> None:
    assert is_backchannel(text, load_language("es"))


@pytest.mark.parametrize("text", ["", "no", "vale, dos", "sí", "una ensalada"])
def test_whatever_says_more_in_spanish_is_no_backchannel(text: str) -> None:
    assert not is_backchannel(text, load_language("es"))


def test_a_spanish_word_is_no_backchannel_in_english() -> None:
    assert not is_backchannel("vale")
