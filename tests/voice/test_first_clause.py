"""What is said first is on its way to the voice while the model still writes."""

from __future__ import annotations

import asyncio
import re

import pytest
from livekit.agents import tokenize

from phone_agent.voice.first_clause import FirstClause

ANSWER = "I have Pad Thai for $12.50, Green Curry for $13.00, and Tom Yum for $9.00. Which would you like?"


async def spoken_after(tokenizer: tokenize.SentenceTokenizer, text: str) -> list[tuple[str, int]]:
    """Each token, and how many of the model's pieces it took until it came."""
    stream = tokenizer.stream()
    pieces = re.findall(r"\s?\S+", text)
    came: list[tuple[str, int]] = []
    for count, piece in enumerate(pieces, 1):
        stream.push_text(piece)
        await drain(stream, came, count)
    stream.end_input()
    came.extend([(token.token, len(pieces)) async for token in stream])
    await stream.aclose()
    return came


async def drain(stream: tokenize.SentenceStream, came: list[tuple[str, int]], count: int) -> None:
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    while stream._event_ch.qsize():
        came.append(((await anext(stream)).token, count))


async def test_the_first_clause_goes_out_before_the_sentence_is_written() -> None:
    (first, early), *_ = await spoken_after(FirstClause(), ANSWER)
    (_, late), *_ = await spoken_after(tokenize.blingfire.SentenceTokenizer(), ANSWER)

    assert first == "I have Pad Thai for $12.50,"
    assert (early, late) == (7, 16)


@pytest.mark.parametrize(
    "text",
    [
        ANSWER,
        "Sure! The Caesar Salad is $8.99, and it comes with croutons. Shall I add it?",
        "Yes.",
        "One moment",
        "Okay, two of them. Anything else? I also have soup, if you like.",
    ],
)
async def test_no_word_is_lost_or_said_twice(text: str) -> None:
    tokens = [token for token, _ in await spoken_after(FirstClause(), text)]

    assert " ".join(tokens).split() == text.split()
    assert FirstClause().tokenize(text)[0] == tokens[0]


@pytest.mark.parametrize("text", ["Sure, I can. Two then", "Yes. One Caesar Salad is"])
async def test_a_word_or_two_do_not_go_alone(text: str) -> None:
    (first, _), *_ = await spoken_after(FirstClause(), text)

    assert len(first.split()) > 2
