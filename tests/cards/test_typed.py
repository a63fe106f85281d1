"""What a caller types, more of it than anybody could mean."""

from __future__ import annotations

import asyncio

from phone_agent.cards.typed import Typed
from phone_agent.rehearsal.text import TextCall


def texts_of(talk: TextCall) -> list[str]:
    items = talk.session.history.items
    return [item.text_content or "" for item in items if item.type == "message" and item.role == "user"]


async def test_a_flood_of_texts_is_answered_as_far_as_a_caller_could_have_typed_it(talk: TextCall) -> None:
    noted: list[None] = []
    typed = Typed(talk.session, lambda: noted.append(None))
    await asyncio.gather(*(typed.take("what is on the menu") for _ in range(24)))
    in_the_flood = len(noted)
    await typed.take("what is on the menu")
    async with asyncio.timeout(5):
        while len(asked := texts_of(talk)) <= in_the_flood:
            await asyncio.sleep(0.01)

    assert 6 <= in_the_flood <= 8
    assert len(asked) == len(noted) == in_the_flood + 1
