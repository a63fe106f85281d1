"""Who is upset hears shorter sentences and is offered a person, once; dishes with angry names upset nobody."""

from __future__ import annotations

import pytest

from phone_agent.agents.mood import UPSET_BELOW, sentiment_of
from phone_agent.call import Call
from phone_agent.languages import load_language
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from tests.agents.scripted import scripted
from tests.builders import a_menu, a_restaurant, a_section, an_item

SPANISH = load_language("es")
OFFER = SupportSentence.PERSON_OFFER.words()
ANGRY = [
    "this is ridiculous", "that's wrong again", "this is terrible service", "are you stupid", "I hate this",
    "you useless machine", "you got it wrong", "I'm really frustrated", "what the hell", "forget it this is awful",
]  # fmt: skip
CALM = [
    "a caesar salad without onions", "hot wings extra spicy", "no pickles no onions no ice", "that's all", "no thanks",
    "nothing else", "cancel that", "remove the salad", "I'm allergic to peanuts", "sorry I meant two",
    "I don't want the salad", "how long does it take", "not bad", "hit me with a large fries", "no no",
    "I can't eat gluten", "no", "kill the onions", "that's not what I had in mind, make it two",
]  # fmt: skip

ANGRY_IN_SPANISH = [
    "esto es ridículo", "otra vez está mal", "qué servicio tan pésimo", "eres estúpido", "odio esto", "máquina inútil",
    "se equivocó otra vez", "estoy muy frustrada", "qué demonios", "ya estoy harto", "esto es el colmo",
    "no sirve para nada",
]  # fmt: skip
CALM_IN_SPANISH = [
    "una ensalada césar sin cebolla", "alitas bien picantes", "sin pepinillos, sin cebolla y sin hielo",
    "es todo, gracias",
    "no, gracias", "nada más", "cancele eso", "quite la ensalada", "soy alérgico a los cacahuates",
    "perdón, me equivoqué, quería dos", "no quiero la ensalada", "cuánto tarda", "no está mal", "no, no", "no",
]  # fmt: skip


@pytest.mark.parametrize("words", ANGRY_IN_SPANISH)
def test_anger_is_heard_in_spanish(words: str) -> None:
    assert sentiment_of(words, a_menu(), SPANISH) <= UPSET_BELOW


def test_accents_that_a_recogniser_leaves_out_make_no_difference() -> None:
    assert sentiment_of("que servicio tan pesimo", a_menu(), SPANISH) <= UPSET_BELOW


@pytest.mark.parametrize("words", CALM_IN_SPANISH)
def test_ordering_in_spanish_is_no_anger(words: str) -> None:
    assert sentiment_of(words, a_menu(), SPANISH) > UPSET_BELOW


async def test_an_upset_caller_is_offered_a_person_in_spanish_and_hears_no_courtesies(call: Call) -> None:
    call.speak(SPANISH)
    async with scripted(call) as model:
        await model.say("esto es ridículo", ("Lo siento. ", "¿Algo más?"))
        said = await model.say("odio esto", ("Lo siento. ¿Algo ", "más?"))

    assert said == "Lo siento. ¿Quiere hablar con una persona?"


@pytest.mark.parametrize("words", ANGRY)
def test_anger_is_heard(words: str) -> None:
    assert sentiment_of(words, a_menu()) <= UPSET_BELOW


@pytest.mark.parametrize("words", CALM)
def test_ordering_is_no_anger(words: str) -> None:
    assert sentiment_of(words, a_menu()) > UPSET_BELOW


def test_a_dish_with_an_angry_name_is_no_anger() -> None:
    names = ("Killer Burger", "Death by Chocolate", "Bloody Mary")
    items = tuple(an_item("pub", "all", name, 900) for name in names)
    pub = Menu((a_restaurant("pub", "The Pub", "pub", (a_section("pub", "all", items),)),))

    assert [sentiment_of(f"a {name.lower()} please", pub) > UPSET_BELOW for name in names] == [True] * 3
    assert sentiment_of("a killer burger", a_menu()) <= UPSET_BELOW


async def test_one_angry_word_changes_nothing(talk: TextCall) -> None:
    await talk.say("this is ridiculous")
    said = await talk.say("a caesar salad")

    assert said == "Added 1 Caesar Salad. Anything else?"


async def test_who_is_upset_is_offered_a_person_once_and_hears_no_courtesies(talk: TextCall) -> None:
    await talk.say("this is ridiculous")
    first = await talk.say("you got it wrong again, a caesar salad")
    second = await talk.say("and a grilled salmon, you stupid machine")

    assert first.endswith(OFFER)
    assert "Anything else?" not in first
    assert second == "Added 1 Grilled Salmon."
    assert [said for said in talk.said if OFFER in said] == [first]


async def test_a_yes_to_the_offer_calls_a_person_and_a_no_goes_on(talk: TextCall) -> None:
    await talk.say("this is ridiculous")
    await talk.say("I hate this, a caesar salad")
    said = await talk.say("yes")
    wanted = await talk.say("I want to talk to a person")

    assert said == wanted


async def test_a_no_to_the_offer_goes_on_with_the_order(talk: TextCall) -> None:
    await talk.say("this is ridiculous")
    await talk.say("I hate this, a caesar salad")
    said = await talk.say("no")

    assert said.startswith("Okay, then let's go on.")
    assert (await talk.say("check out")).startswith("You have 1 Caesar Salad")


async def test_being_misunderstood_again_and_again_counts_as_well(talk: TextCall) -> None:
    await talk.say("blub blub")
    await talk.say("a caesar salad")
    await talk.say("blub blub")
    said = await talk.say("and a grilled salmon")

    assert said.endswith(OFFER)


async def test_in_a_read_back_no_person_is_offered(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad, this is ridiculous")
    read_back = await talk.say("check out, I hate this")
    said = await talk.say("you stupid machine")
    placed = await talk.say("yes")

    assert OFFER not in read_back + said
    assert "order number is #001" in placed


async def test_any_model_is_told_and_its_courtesies_are_left_out(call: Call) -> None:
    async with scripted(call) as model:
        await model.say("this is terrible", ("Sorry. ", "What would you like?"))
        said = await model.say("I hate this", ("I am ", "sorry. Which ", "size? Any", "thing else?"))

    assert said == f"I am sorry. Which size? {OFFER}"
    assert '"one short sentence' in (model.model.told[-1].items[-1].text_content or "")  # type: ignore[union-attr]


async def test_an_answer_that_is_nothing_but_a_courtesy_is_said(call: Call) -> None:
    async with scripted(call) as model:
        await model.say("this is terrible", ("Sorry.",))
        await model.say("I hate this", ("Sorry.",))
        said = await model.say("you stupid machine", ("What would ", "you like?"))

    assert said == "What would you like?"
