"""What is kept of a conversation: every word but a card's number."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from phone_agent.languages import load_language
from phone_agent.order_pad.transcript import ASKING_FOR_PIN, Transcript
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.redaction import NUMBER_BLOT
from phone_agent.store.protocol import Store
from phone_agent.store.records import Speaker, TranscriptLine
from phone_agent.store.sqlite import SqliteStore
from tests.builders import NOON, a_call

Said = tuple[Speaker, str]


@pytest.fixture
async def store(tmp_path: Path, migrated: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(shutil.copy(migrated, tmp_path / "store.sqlite3"))
    yield opened
    await opened.close()


async def kept(store: SqliteStore, *said: Said) -> list[Said]:
    record = await a_call(store)
    transcript = Transcript(store, record.id)
    for speaker, text in said:
        transcript.add(TranscriptLine(NOON, speaker, text))
    await transcript.finish()
    return [(line.speaker, line.text) for line in await store.load_transcript(record.id)]


async def test_a_conversation_with_numbers_is_kept_as_it_was(store: SqliteStore) -> None:
    said: list[Said] = [
        ("caller", "one pad thai and make it two"),
        ("agent", "Changed to 2 Pad Thai."),
        ("caller", "my number is 407 555 0142"),
        ("keypad", "1"),
        ("keypad", "2"),
        ("agent", "Your order number is #007."),
        ("caller", "thanks"),
    ]

    assert await kept(store, *said) == said


async def test_a_card_number_said_in_four_breaths_is_not_kept(store: SqliteStore) -> None:
    lines = await kept(
        store,
        ("caller", "my card is four one one one"),
        ("agent", "I can only take food orders."),
        ("caller", "one one one one"),
        ("caller", "1111."),
        ("agent", "Sorry?"),
        ("caller", "one one one one, valid until May"),
        ("caller", "two cokes"),
    )

    assert [text for speaker, text in lines if speaker == "caller"] == [
        f"my card is {NUMBER_BLOT}",
        NUMBER_BLOT,
        f"{NUMBER_BLOT}.",
        f"{NUMBER_BLOT}, valid until May",
        "two cokes",
    ]
    assert [text for speaker, text in lines if speaker == "agent"] == ["I can only take food orders.", "Sorry?"]


async def test_a_card_number_keyed_in_is_not_kept(store: SqliteStore) -> None:
    pressed: list[Said] = [("keypad", digit) for digit in "4111111111111111"]
    lines = await kept(store, ("caller", "here it comes"), *pressed, ("caller", "did you get that"))

    assert lines == [("caller", "here it comes"), *[("keypad", NUMBER_BLOT)] * 16, ("caller", "did you get that")]


async def test_lines_are_written_while_the_call_runs(store: SqliteStore) -> None:
    record = await a_call(store)
    transcript = Transcript(store, record.id)
    transcript.add(TranscriptLine(NOON, "caller", "a pad thai"))
    transcript.add(TranscriptLine(NOON, "keypad", "1"))
    transcript.add(TranscriptLine(NOON, "caller", "yes please"))
    await transcript._writing if transcript._writing else None

    assert [line.text for line in await store.load_transcript(record.id)] == ["a pad thai", "1", "yes please"]


@pytest.mark.parametrize(
    ("said", "kept_text"),
    [
        ("my pin is 2468", f"my pin is {NUMBER_BLOT}"),
        ("my pin is two four six eight", f"my pin is {NUMBER_BLOT}"),
        ("PIN: twenty four sixty eight please", f"PIN: {NUMBER_BLOT} please"),
        ("the code is 24 68", f"the code is {NUMBER_BLOT}"),
        ("mi pin es dos cuatro seis ocho", f"mi pin es {NUMBER_BLOT}"),
        ("mi clave es veinticuatro sesenta y ocho", f"mi clave es {NUMBER_BLOT}"),
        ("el código es dos cuatro seis ocho", f"el código es {NUMBER_BLOT}"),
        ("código postal tres dos ocho cero", "código postal tres dos ocho cero"),
        ("zip code 32801, two pad thai", "zip code 32801, two pad thai"),
        ("two pineapple pizzas", "two pineapple pizzas"),
    ],
)
async def test_a_pin_that_is_said_is_not_kept(store: SqliteStore, said: str, kept_text: str) -> None:
    assert await kept(store, ("caller", said)) == [("caller", kept_text)]


async def test_digits_after_the_question_for_the_pin_are_not_kept(store: SqliteStore) -> None:
    wanted = CallerSentence.PIN_WANTED.words()
    lines = await kept(
        store,
        ("agent", wanted),
        ("caller", "two four"),
        ("caller", "it's six eight"),
        ("agent", "What would you like?"),
        ("caller", "two pad thai"),
    )

    assert [text for _, text in lines] == [
        wanted, NUMBER_BLOT, f"it's {NUMBER_BLOT}", "What would you like?", "two pad thai",
    ]  # fmt: skip


@pytest.mark.parametrize("asked", ASKING_FOR_PIN)
async def test_digits_after_the_question_for_the_pin_in_spanish_are_not_kept(
    store: SqliteStore, asked: CallerSentence
) -> None:
    wanted = load_language("es").sentences[asked.name]
    lines = await kept(store, ("agent", wanted), ("caller", "dos cuatro"), ("caller", "y seis ocho, por favor"))

    assert [text for _, text in lines] == [wanted, NUMBER_BLOT, f"y {NUMBER_BLOT}, por favor"]


async def test_a_pin_said_in_two_breaths_is_not_kept(store: SqliteStore) -> None:
    lines = await kept(store, ("caller", "my pin is two four"), ("caller", "six eight"), ("caller", "thanks"))

    assert [text for _, text in lines] == [f"my pin is {NUMBER_BLOT}", NUMBER_BLOT, "thanks"]


class Slow:
    """A store whose answer takes a moment; what it was asked is carried out at the end."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.is_writing = asyncio.Event()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        return getattr(self._store, name)

    async def add_transcript(self, call_id: str, lines: Sequence[TranscriptLine]) -> None:
        self.is_writing.set()
        await asyncio.sleep(0.1)
        await self._store.add_transcript(call_id, lines)


async def test_what_is_being_written_is_there_before_the_caller_is_forgotten(store: SqliteStore) -> None:
    record, slow = await a_call(store), Slow(store)
    transcript = Transcript(slow, record.id)
    transcript.add(TranscriptLine(NOON, "caller", "my name is Maria"))
    await slow.is_writing.wait()

    await transcript.drop()

    assert [line.text for line in await store.load_transcript(record.id)] == ["my name is Maria"]


async def test_who_is_forgotten_and_interrupted_meanwhile_leaves_a_transcript_that_can_be_finished(
    store: SqliteStore,
) -> None:
    record = await a_call(store)
    transcript = Transcript(store, record.id)
    transcript.add(TranscriptLine(NOON, "caller", "forget me"))
    transcript.add(TranscriptLine(NOON, "agent", "Shall I?"))
    dropping = asyncio.create_task(transcript.drop())
    await asyncio.sleep(0)
    dropping.cancel()
    await asyncio.gather(dropping, return_exceptions=True)
    await transcript.finish()

    assert dropping.cancelled()
