"""What a caller says into the read-back: dishes can be cut by speech, the total cannot, and no word is lost."""

from __future__ import annotations

import asyncio

import pytest

from phone_agent import line
from phone_agent.call import Call
from phone_agent.ordering.sentences import Sentence
from phone_agent.phone_line.silence import Silence
from tests.agents.speaking import SpokenCall, speaking, until, with_a_salad
from tests.agents.test_what_users_say import orders_of

pytestmark = pytest.mark.hearing

DISHES, TOTAL, PROMPT = "You have 1 Caesar", "With $", "To place it"


async def said_into(spoken: SpokenCall, beginning: str, words: str, seconds: float = 0.5) -> None:
    """A read-back, into which the caller speaks as soon as the sentence with this beginning is being said."""
    await with_a_salad(spoken.call)
    reading = asyncio.create_task(line.read_back(spoken.session, await spoken.call.checkout()))
    await spoken.until_saying(beginning)
    await asyncio.sleep(0.15)
    await spoken.voice(words, seconds)
    await reading
    await spoken.until_quiet()


def begins(spoken: SpokenCall) -> list[tuple[str, bool]]:
    known = (DISHES, TOTAL, PROMPT, Sentence.BACK_TO_EDITING.words(), Sentence.UNCLEAR.words())
    return [(next((k for k in known if words.startswith(k)), words), cut) for words, cut in spoken.said]


@pytest.mark.parametrize("words", ["wait", "no", "no no wait", "hold on"])
async def test_a_no_into_the_total_is_heard_after_it_and_voids_the_order(call: Call, words: str) -> None:
    async with speaking(call) as spoken:
        await said_into(spoken, TOTAL, words)

        assert begins(spoken) == [(DISHES, False), (TOTAL, False), (Sentence.BACK_TO_EDITING.words(), False)]
        assert (spoken.turns, call.quote) == ([words], None)


async def test_a_yes_into_the_total_is_asked_once_more_and_then_places(call: Call) -> None:
    async with speaking(call) as spoken:
        await said_into(spoken, TOTAL, "yes")
        nothing_yet = await orders_of(call)
        asked = begins(spoken)
        await spoken.voice("yes please")
        await spoken.until_said("Thank you!")
        await spoken.until_quiet()

        assert (nothing_yet, asked) == ([], [(DISHES, False), (TOTAL, False), (PROMPT, False)])
        assert len(await orders_of(call)) == 1


async def test_other_words_into_the_total_are_a_turn_after_it(call: Call) -> None:
    async with speaking(call) as spoken:
        await said_into(spoken, TOTAL, "and add a grilled salmon")

        assert begins(spoken)[:2] == [(DISHES, False), (TOTAL, False)]
        assert spoken.said[2][0].startswith("Added 1 Grilled Salmon")
        assert [item.item.name for item in call.cart.lines] == ["Caesar Salad", "Grilled Salmon"]
        assert spoken.turns == ["and add a grilled salmon"]


async def test_words_among_the_dishes_cut_them_and_are_answered(call: Call) -> None:
    async with speaking(call) as spoken:
        await said_into(spoken, DISHES, "no wait", 0.45)

        assert begins(spoken)[0] == (DISHES, True)
        assert begins(spoken)[1:] == [(Sentence.BACK_TO_EDITING.words(), False)]
        assert call.quote is None


@pytest.mark.parametrize("words", ["uh-huh", "okay", "mm-hm", "right", "yes"])
async def test_who_shows_that_they_listen_does_not_stop_the_dishes(call: Call, words: str) -> None:
    async with speaking(call) as spoken:
        await said_into(spoken, DISHES, words, 0.45)

        assert begins(spoken) == [(DISHES, False), (TOTAL, False), (PROMPT, False)]
        assert (spoken.turns, call.has_open_quote) == ([], True)


async def test_a_yes_after_an_okay_among_the_dishes_still_places_the_order(call: Call) -> None:
    async with speaking(call) as spoken:
        await said_into(spoken, DISHES, "okay", 0.3)
        await spoken.voice("yes")
        await spoken.until_said("Thank you!")
        await spoken.until_quiet()

        assert len(await orders_of(call)) == 1


async def test_a_cough_pauses_the_dishes_and_they_go_on(call: Call) -> None:
    async with speaking(call) as spoken:
        await said_into(spoken, DISHES, "", 0.5)

        assert begins(spoken) == [(DISHES, False), (TOTAL, False), (PROMPT, False)]
        assert spoken.loudspeaker.pauses == 1


@pytest.mark.parametrize(("seconds", "then"), [(0.5, PROMPT), (1.3, Sentence.UNCLEAR.words())])
async def test_what_nobody_understands_is_asked_for_again_only_where_it_was_long(
    call: Call, seconds: float, then: str
) -> None:
    async with speaking(call) as spoken:
        await said_into(spoken, TOTAL, "(unclear)", seconds)

        assert begins(spoken)[2] == (then, False)


async def test_okay_is_an_answer_where_the_agent_has_asked(call: Call) -> None:
    async with speaking(call) as spoken:
        await spoken.voice("find thai restaurants")
        await spoken.until_quiet()
        await spoken.voice("okay")
        await spoken.until_quiet()

        assert spoken.turns == ["find thai restaurants", "okay"]


async def test_what_is_said_into_the_order_number_is_answered_after_it(call: Call) -> None:
    async with speaking(call) as spoken:
        await with_a_salad(call)
        await line.read_back(spoken.session, await call.checkout())
        placing = asyncio.create_task(line.place(spoken.session, "keypad"))
        await spoken.until_saying("Thank you!")
        await spoken.voice("what's in my order", 0.4)
        await placing
        await spoken.until_quiet()

        assert [cut for _, cut in spoken.said] == [False] * len(spoken.said)
        assert spoken.turns == ["what's in my order"]
        assert spoken.said[-1][0].startswith("Your cart is empty")


async def test_words_that_a_key_overtakes_are_answered_after_what_it_made_the_agent_say(call: Call) -> None:
    """The turn ends in a sentence that cannot be cut, where LiveKit drops it."""
    async with speaking(call) as spoken:
        turn = asyncio.create_task(spoken.voice("what's in my order", 0.4, words_after=-0.15))
        await until(lambda: bool(call.voice.given))
        line.say(spoken.session, " ".join(["a sentence of some twenty words"] * 3), interruptible=False)
        await turn
        taken_meanwhile = list(spoken.turns)
        await spoken.until_said("Your cart is empty")

        assert (taken_meanwhile, spoken.turns) == ([], ["what's in my order"])
        assert [cut for _, cut in spoken.said] == [False, False]


async def test_who_cannot_be_interrupted_is_listened_to_all_the_same(call: Call) -> None:
    async with speaking(call) as spoken:
        line.say(spoken.session, "a sentence of seven words or so", interruptible=False)
        await spoken.until_saying("a sentence")
        spoken.room.level = 9_000
        await asyncio.sleep(0.3)

        assert spoken.heard_level() == 9_000


async def test_who_cut_the_dishes_and_then_is_silent_hears_the_order_again(call: Call) -> None:
    async with speaking(call) as spoken:
        await said_into(spoken, DISHES, "what time do you close", 0.45)
        was_cut = spoken.said[0][1]
        spoken.said.clear()
        silence = Silence(spoken.session, seconds=0.3)
        silence.watch()
        silence.reset()
        await spoken.until_said(PROMPT)

        assert was_cut
        assert begins(spoken)[-3:] == [(DISHES, False), (TOTAL, False), (PROMPT, False)]
