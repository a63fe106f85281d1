import asyncio
import audioop
import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from phone_agent.rehearsal.ears import DeafError, Ears, Recogniser, Segmenter
from phone_agent.rehearsal.ears_grammar import grammar_from_templates, words_of
from phone_agent.rehearsal.ears_numbers import cents_heard, order_number_heard
from phone_agent.rehearsal.recording import Piece
from phone_agent.rehearsal.sound import PIECE_BYTES, PIECE_S, silence

from .conftest import Line, agent_says

DISHES = ("Pad Thai", "Green Curry", "Caesar Salad", "Grilled Salmon", "Strawberry Cheesecake", "Margherita Pizza")
TEMPLATES = {
    "added": "Added {line}. Anything else?",
    "read_back": "You have {line+}. That is {money}. To place it press 1; to change it press 2.",
    "placed": "Thank you! Your order number is {order_number}; it is ready in about {count} minutes.",
}
SLOTS = {"dish": DISHES, "line": ["{count} {dish}"]}
SAID = (
    "Added 2 Pad Thai. Anything else?",
    "You have 1 Caesar Salad. That is $9.57. To place it press 1; to change it press 2.",
    "You have 3 Strawberry Cheesecake, 1 Green Curry. That is $34.08. To place it press 1; to change it press 2.",
    "You have 1 Margherita Pizza, 2 Grilled Salmon. That is $61.25. To place it press 1; to change it press 2.",
    "Thank you! Your order number is #107; it is ready in about 20 minutes.",
    "Thank you! Your order number is #243; it is ready in about 35 minutes.",
)


@pytest.fixture
async def recogniser() -> AsyncIterator[Recogniser]:
    recogniser = await Recogniser.open(grammar_from_templates(TEMPLATES, SLOTS))
    yield recogniser
    await recogniser.close()


async def pieces_of(pcm: bytes, start: float = 100.0) -> AsyncIterator[Piece]:
    for n in range(0, len(pcm) - PIECE_BYTES + 1, PIECE_BYTES):
        yield Piece(start + n / PIECE_BYTES * PIECE_S, pcm[n : n + PIECE_BYTES])
        await asyncio.sleep(0)


def through_g711(pcm: bytes) -> bytes:
    return bytes(audioop.ulaw2lin(audioop.lin2ulaw(pcm, 2), 2))


def tone(seconds: float) -> bytes:
    return bytes((np.sin(np.arange(round(seconds * 8000)) * 0.3) * 8000).astype("<i2").tobytes())


def wrong_words(said: list[str], heard: list[str]) -> int:
    row = list(range(len(heard) + 1))
    for n, word in enumerate(said, 1):
        above, row = row, [n]
        for m, other in enumerate(heard, 1):
            row.append(min(above[m] + 1, row[-1] + 1, above[m - 1] + (word != other)))
    return row[-1]


@pytest.mark.hearing
async def test_the_agent_is_understood_through_g711(recogniser: Recogniser, tmp_path: Path) -> None:
    sound = b"".join([silence(0.5) + await agent_says(text, tmp_path) + silence(1.0) for text in SAID])
    ears = Ears(recogniser, pieces_of(through_g711(sound)), quiet_s=0.9)
    heard = [(await ears.next_utterance()).text for _ in SAID]
    await ears.close()
    said = [" ".join(words_of(text)) for text in SAID]
    rate = sum(map(wrong_words, map(str.split, said), map(str.split, heard))) / sum(len(text.split()) for text in said)
    print(f"word error rate {rate:.1%}", *heard, sep="\n")  # noqa: T201

    assert rate <= 0.05
    assert [cents_heard(text) for text in heard] == [cents_heard(text) for text in said]
    assert [order_number_heard(text) for text in heard[-2:]] == ["107", "243"]
    assert all(name.lower() in text for text, name in zip(heard, ("Pad Thai", "Caesar Salad"), strict=False))


@pytest.mark.softphone
async def test_ears_on_a_call_hear_a_sentence_and_when_it_was(
    line: Line, recogniser: Recogniser, tmp_path: Path
) -> None:
    ears = Ears(recogniser, line.caller.recording.pieces())
    spoken = await line.callee.play(await agent_says(SAID[0], tmp_path))
    heard = await asyncio.wait_for(ears.next_utterance(), 5)
    await ears.close()

    assert heard.text == "added two pad thai anything else"
    assert heard.started == pytest.approx(spoken.started + 0.02, abs=0.03)
    assert heard.finished == pytest.approx(spoken.finished + 0.02, abs=0.03)


@pytest.mark.softphone
async def test_the_end_of_a_call_ends_the_waiting(line: Line, recogniser: Recogniser) -> None:
    ears = Ears(recogniser, line.caller.recording.pieces())
    waiting = asyncio.gather(ears.next_utterance(), ears.until_started(), return_exceptions=True)
    await asyncio.sleep(0.1)
    await line.caller.close()
    outcomes = await asyncio.wait_for(waiting, 2)
    await ears.close()

    assert [type(outcome) for outcome in outcomes] == [DeafError, DeafError]


async def test_words_outside_the_grammar_are_not_whole(recogniser: Recogniser, tmp_path: Path) -> None:
    recogniser.begin()
    recogniser.hear(through_g711(await agent_says("You have one", tmp_path) + silence(0.3)))
    _, is_whole = await recogniser.end()

    assert not is_whole


@pytest.mark.parametrize(("quiet_s", "utterances"), [(0.3, 2), (0.8, 1)])
async def test_a_pause_ends_an_utterance_when_it_is_long_enough(quiet_s: float, utterances: int) -> None:
    segmenter = Segmenter(quiet_s)
    sound = silence(0.2) + tone(0.5) + silence(0.5) + tone(0.5) + silence(1.0)
    changes = [piece async for piece in pieces_of(sound) if segmenter.take(piece)]

    assert len(changes) == 2 * utterances
    assert segmenter.started == pytest.approx(100.2 if utterances == 1 else 101.2, abs=0.005)
    assert segmenter.finished == pytest.approx(101.7, abs=0.005)


async def test_a_click_is_not_speech() -> None:
    segmenter = Segmenter()
    sound = silence(0.2) + tone(0.01) + silence(0.2)

    assert not any([segmenter.take(piece) async for piece in pieces_of(sound)])


def test_sentences_differ() -> None:
    assert all(wrong_words(a.split(), b.split()) for a, b in itertools.combinations(SAID, 2))
