"""A room with pages in it and no network: what each was sent, and what it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from phone_agent.cards.room import Answering, PageLost
from phone_agent.cards.schema import CARD, AnyCard, ApprovalAnswer, ApprovalRequest


class SmallRoom:
    def __init__(self, *there: str) -> None:
        self.there = list(there)
        self.shown: dict[str, list[AnyCard]] = {}
        self.asked: list[tuple[str, ApprovalRequest]] = []
        self.tried: list[str] = []
        """Who was to be asked, also where it was lost."""
        self.abandoned = 0
        self.lost: set[str] = set()
        self.is_slow = False
        self.answering: dict[str, Answering] = {}
        self._answers: dict[str, asyncio.Future[bool]] = {}
        self._told: list[tuple[Callable[[str], None], Callable[[str], None]]] = []

    def identities(self) -> Sequence[str]:
        return list(self.there)

    async def send(self, payload: str, identity: str) -> None:
        if identity in self.lost:
            raise PageLost
        if self.is_slow:
            await asyncio.sleep(3600)
        self.shown.setdefault(identity, []).append(CARD.validate_json(payload))

    async def ask(self, identity: str, method: str, payload: str, seconds: float) -> str:
        self.tried.append(identity)
        if identity in self.lost:
            raise PageLost
        self.asked.append((identity, ApprovalRequest.model_validate_json(payload)))
        answer = self._answers[identity] = asyncio.get_running_loop().create_future()
        try:
            return ApprovalAnswer(approved=await answer).model_dump_json()
        except asyncio.CancelledError:
            self.abandoned += 1
            raise

    def watch(self, on_come: Callable[[str], None], on_go: Callable[[str], None]) -> None:
        self._told.append((on_come, on_go))

    def answer(self, method: str, answering: Answering) -> None:
        self.answering[method] = answering

    def come(self, identity: str) -> None:
        self.there.append(identity)
        for on_come, _ in self._told:
            on_come(identity)

    def go(self, identity: str) -> None:
        self.there.remove(identity)
        for _, on_go in self._told:
            on_go(identity)

    def click(self, identity: str, *, confirm: bool) -> None:
        self._answers.pop(identity).set_result(confirm)

    def unanswered(self, identity: str) -> Callable[..., None]:
        """To answer, perhaps late, what that page is asked now."""
        asked = self._answers[identity]

        def answer(*, confirm: bool) -> None:
            if not asked.done():
                asked.set_result(confirm)

        return answer

    def of(self, identity: str, type_: str) -> list[Any]:
        return [card for card in self.shown.get(identity, []) if card.type == type_]


async def soon() -> None:
    """What was begun has been done."""
    for _ in range(20):
        await asyncio.sleep(0.005)
