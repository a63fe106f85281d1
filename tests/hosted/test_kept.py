"""Where no voice speaks any more, the keypad's prompts and the order are put together of words made beforehand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from livekit.agents import APIError

from phone_agent.languages import load_language
from phone_agent.ordering.keypad_walk import begin_walk
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.slots_of_sentences import SENTENCES
from phone_agent.ordering.wording_callers import words_for_hello
from phone_agent.ordering.wording_keypad import words_for_place
from phone_agent.voice.kept import KeptTTS, kept_words, vocabulary, words_in
from phone_agent.voice.offline.tts import OfflineTTS
from phone_agent.voice.offline.voices import Voice
from phone_agent.voice.speaking import Speaking
from tests.builders import a_menu
from tests.hosted.test_speaking import heard

pytestmark = pytest.mark.hearing


class Broken(OfflineTTS):
    def synthesize(self, text: str, **_: object) -> object:  # type: ignore[override]
        raise OSError


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptTTS:
    return KeptTTS(kept_words(a_menu(), Voice(), tmp_path_factory.mktemp("words")))


async def test_the_keypads_prompts_are_heard_with_every_voice_gone(kept: KeptTTS) -> None:
    walk = begin_walk(a_menu(), a_menu().restaurants)
    assert walk is not None
    chain = Speaking([Broken(), kept])
    prompt = await heard(chain, words_for_place(walk))
    total = await heard(chain, Sentence.ORDER_PLACED.words(order_number="107", minutes="25"))

    assert prompt.seconds > 2.0
    assert total.seconds > 3.0


async def test_what_was_not_made_beforehand_is_an_error_and_not_half_a_sentence(kept: KeptTTS) -> None:
    with pytest.raises(APIError):
        await heard(kept, "Your order number is seven, dear Bartholomew.")


@pytest.mark.parametrize("restaurant", [None, a_menu().restaurants[0].name])
async def test_a_known_caller_is_greeted_though_nobody_can_say_the_name(kept: KeptTTS, restaurant: str | None) -> None:
    greeting = words_for_hello("Bartholomew", restaurant, is_recorded=True)
    with_name = KeptTTS(kept.words, names=lambda: "Bartholomew")

    assert (await heard(Speaking([Broken(), with_name]), greeting)).seconds > 2.5
    with pytest.raises(APIError):
        await heard(KeptTTS(kept.words, names=lambda: "Rivera"), greeting)


def test_a_greeting_and_its_question_are_among_the_words() -> None:
    menu = a_menu()
    (dish, *_), known = menu.items, set(vocabulary(menu))
    said = [
        CallerSentence.USUAL_OFFER.words(dish_names=f"two {dish.name}"),
        CallerSentence.LOST_CART_OFFER.words(dish_names=f"two {dish.name}"),
        CallerSentence.ORDER_IS_COOKING.words(restaurant=menu.restaurants[0].name, minutes="25"),
    ]

    assert set(words_in(" ".join(said))) <= known


def test_every_sentence_of_the_agent_is_among_the_words() -> None:
    """A key too many, a dish that is sold out, a call that takes too long: none may be met with silence."""
    known = set(vocabulary(a_menu()))
    lacking = {
        sentence.name: missing
        for sentence in SENTENCES
        if (missing := set(words_in(re.sub(r"\{\w+\}", " ", sentence.value))) - known)
    }

    assert lacking == {}


async def test_the_offer_of_another_language_and_names_with_accents_are_heard(kept: KeptTTS) -> None:
    offer = CallerSentence.LANGUAGE_OFFER.words(language=load_language("es").name)
    accents = KeptTTS({**kept.words, **dict.fromkeys(words_in("crème brûlée"), next(iter(kept.words.values())))})

    assert (await heard(Speaking([Broken(), kept]), f"{Sentence.KEYPAD_ON.words()} {offer}")).seconds > 3.0
    assert words_in("crème brûlée") == ["creme", "brulee"]
    assert (await heard(accents, "crème brûlée")).seconds > 0.1


def test_the_small_words_around_dishes_are_among_the_words() -> None:
    known = set(vocabulary(a_menu()))

    assert (
        set(words_in("no, light, extra or double, half, with and without; today, tomorrow, on Monday at 5:30 PM"))
        <= known
    )


def test_the_words_are_made_once_and_shared(tmp_path: Path) -> None:
    first = kept_words(a_menu(), Voice(), tmp_path)
    (file,) = tmp_path.glob("*.npz")
    made_at = file.stat().st_mtime_ns
    again = kept_words(a_menu(), Voice(), tmp_path)

    assert file.stat().st_mtime_ns == made_at
    assert set(first) == set(again) == set(vocabulary(a_menu()))


def test_every_prompt_of_the_keypad_is_among_the_words() -> None:
    known = set(vocabulary(a_menu()))

    assert set(words_in(Sentence.KEYPAD_ON.words())) <= known
    assert set(words_in("That is $31.98, order number #107, ready in about 25 minutes.")) <= known
