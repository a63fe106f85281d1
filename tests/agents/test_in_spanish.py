"""A call goes over to Spanish: by a word, by a key, and by what the recogniser hears; judged by the order stored."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from livekit.agents import LanguageCode, UserInputTranscribedEvent

from phone_agent.languages import languages_of
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from tests.agents.callers import newest_order
from tests.agents.test_keypad_menu import held_in_writing

NEW = "+14075550188"


@asynccontextmanager
async def in_both(store: Store, codes: tuple[str, ...] = ("en", "es")) -> AsyncIterator[TextCall]:
    """A guest's call that may be held in both languages; the first one begins."""
    arrival = Arrival(room="test", channel="phone", caller_number=NEW)
    call = await open_call(arrival, None, store, await store.load_menu(), languages=languages_of(codes))
    async with held_in_writing(call) as talk:
        yield talk


@pytest.mark.parametrize("words", ["Spanish please", "¿Habla español?", "en español por favor", "do you speak Spanish"])
async def test_whoever_asks_for_spanish_gets_the_keypad_menu_in_spanish(store: Store, words: str) -> None:
    async with in_both(store) as spanish:
        answer = await spanish.say(words)

        assert "Claro, en español" in answer
        assert "oprima 1" in answer


async def test_a_dish_with_the_word_spanish_is_no_wish_for_it(store: Store) -> None:
    async with in_both(store) as spanish:
        answer = await spanish.say("do you have spanish rice")

        assert "español" not in answer


async def test_the_keypad_alone_orders_in_spanish(store: Store) -> None:
    async with in_both(store) as spanish:
        said = [await spanish.press(key) for key in "8111#1"]

        order = await newest_order(spanish)
        assert "Pastel de queso con fresa por $8.50. Oprima 1 para agregarlo" in said[2]
        assert "Agregué Pastel de queso con fresa" in said[3]
        assert "Tiene Pastel de queso con fresa de Cheesecake Corner. Con $0.55 de impuestos son $9.05" in said[4]
        assert "Para confirmarlo oprima 1 o diga sí" in said[4]
        assert f"Su número de pedido es #{order.number:03d}" in said[5]
        assert [line.name for line in order.lines] == ["Strawberry Cheesecake"]


async def test_a_spanish_yes_confirms_and_a_spanish_no_does_not(store: Store) -> None:
    async with in_both(store) as spanish:
        orders = await spanish.call.store.find_orders(limit=5)
        for key in "8111#":
            await spanish.press(key)

        refused = await spanish.say("no, espere por favor")
        await spanish.press("#")
        placed = await spanish.say("sí, por favor")

        assert "no se ha pedido nada" in refused
        assert "Su número de pedido" in placed
        assert len(await spanish.call.store.find_orders(limit=5)) == len(orders) + 1


async def test_an_open_read_back_is_said_again_in_the_new_language(store: Store) -> None:
    async with in_both(store) as spanish:
        await spanish.say("a caesar salad")
        await spanish.say("check out")

        answer = await spanish.say("in Spanish please")

        assert "Tiene Ensalada César" in answer
        assert spanish.call.has_open_quote


async def test_the_key_leads_back_to_english(store: Store) -> None:
    async with in_both(store) as spanish:
        await spanish.press("8")

        answer = await spanish.press("8")

        assert answer == "Okay, in English. What would you like?"
        assert "Added 1 Caesar Salad" in await spanish.say("a caesar salad")


async def test_where_there_is_one_language_only_the_key_means_nothing(talk: TextCall) -> None:
    assert "That key does nothing here" in await talk.press("8")


async def test_a_call_can_begin_in_spanish(store: Store) -> None:
    async with in_both(store, ("es", "en")) as talk:
        assert talk.said == ["Hola, gracias por llamar a nuestro asistente automático. ¿Qué le gustaría pedir?"]


async def test_the_first_words_that_are_heard_decide(store: Store) -> None:
    async with in_both(store) as spanish:
        spanish.call.understood = None
        session = spanish._session

        session.emit(
            "user_input_transcribed",
            UserInputTranscribedEvent(transcript="quiero una ensalada", is_final=True, language=LanguageCode("es")),
        )
        after_the_first = spanish.call.tongue.language.code
        session.emit(
            "user_input_transcribed",
            UserInputTranscribedEvent(transcript="okay", is_final=True, language=LanguageCode("en")),
        )

        assert after_the_first == "es"
        assert spanish.call.tongue.language.code == "es"


async def test_the_key_goes_over_in_the_read_back_which_is_said_again(store: Store) -> None:
    async with in_both(store) as spanish:
        await spanish.say("a caesar salad")
        await spanish.say("check out")

        answer = await spanish.press("8")
        placed = await spanish.press("1")

        assert "Tiene Ensalada César" in answer
        assert "Su número de pedido" in placed


@pytest.mark.parametrize("asking", ["8", "Spanish please"])
async def test_an_open_question_is_asked_in_the_new_language(store: Store, asking: str) -> None:
    async with in_both(store) as spanish:
        asked = await spanish.say("a pad thai")
        spanish.call.understood = None

        again = await (spanish.press(asking) if asking == "8" else spanish.say(asking))
        question = spanish.call.open_question

        assert asked.startswith("What spice level")
        assert question is not None
        assert again == question.words
        assert again.startswith("Para Pad Thai, picante: ¿suave")


async def test_a_question_about_a_line_is_asked_in_the_new_language_too(store: Store) -> None:
    async with in_both(store) as spanish:
        await spanish.say("a pad thai")
        question = spanish.call.open_question
        assert question is not None
        spanish.call.open_questions = (replace(question, line_id="line"),)
        spanish.call.understood = None
        await spanish.press("8")

        (worded,) = spanish.call.open_questions

        assert worded == replace(question, line_id="line", words=worded.words)
        assert worded.words.startswith("Para Pad Thai, picante: ¿suave")


def hears(talk: TextCall, words: str, language: str = "") -> str:
    """In which language the call is held after a recogniser has heard this."""
    heard = UserInputTranscribedEvent(transcript=words, is_final=True, language=LanguageCode(language))
    talk.session.emit("user_input_transcribed", heard)
    return talk.call.tongue.language.code


@pytest.mark.parametrize(
    "words", ["Hola.", "Quiero una ensalada César, por favor.", "Buenas tardes", "una pizza", "¿Qué tienen de postre?"]
)
async def test_where_no_language_is_named_the_words_tell_it(store: Store, words: str) -> None:
    async with in_both(store) as talk:
        assert hears(talk, words) == "es"


@pytest.mark.parametrize(
    "words",
    ["Hi.", "I'd like the pad thai", "can I get a caesar salad", "caesar salad", "el diablo burger please", "no", "mm",
     "con, uh, two pad thai please"],
)  # fmt: skip
async def test_english_words_leave_an_english_call_as_it_is(store: Store, words: str) -> None:
    async with in_both(store) as talk:
        assert hears(talk, words) == "en"


async def test_words_that_do_not_tell_leave_it_to_the_next_ones(store: Store) -> None:
    async with in_both(store) as talk:
        after = [hears(talk, words) for words in ("mm", "quiero dos pad thai", "thank you, I like that")]

    assert after == ["en", "es", "es"]


async def test_a_call_that_began_in_spanish_goes_over_to_english_by_its_words(store: Store) -> None:
    async with in_both(store, ("es", "en")) as talk:
        assert hears(talk, "Hi, can I get a caesar salad?") == "en"


async def test_a_language_that_is_named_counts_and_not_the_words(store: Store) -> None:
    async with in_both(store) as talk:
        after = [hears(talk, "quiero una ensalada", "en"), hears(talk, "quiero una ensalada")]

    assert after == ["en", "en"]
