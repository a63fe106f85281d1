"""What a caller types, more of it than anybody could mean."""

from __future__ import annotations

import asyncio

from phone_agent.cards.typed import Typed
from phone_agent.rehearsal.text import TextCall


async def test_a_flood_of_texts_is_answered_as_far_as_a_caller_could_have_typed_it(talk: TextCall) -> None:
    noted: list[None] = []
    typed = Typed(talk.session, lambda: noted.append(None))
    await asyncio.gather(*(typed.take("what is on the menu") for _ in range(24)))
    in_the_flood = len(noted)
    await typed.take("what is on the menu")

    asked = [item for item in talk.session.history.items if item.type == "message" and item.role == "user"]
    assert 6 <= in_the_flood <= 8
    assert len(asked) == len(noted) == in_the_flood + 1
