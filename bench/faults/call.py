"""One order by telephone, in which providers begin to fail at a given moment."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.faults.board import Board
from bench.faults.cells import Cell, Moment
from bench.faults.judge import Row, judged
from bench.faults.silences import Owed, silences
from bench.hearing import until_quiet, until_sound
from phone_agent.rehearsal.softphone import CallEndedError, Softphone
from phone_agent.rehearsal.speech_of_caller import speak

DISH, CHECK_OUT, GOODBYE = "i would like a caesar salad", "check out please", "thank you goodbye"
TRIES = 3
LONGEST_WAIT_S = 6.0
"""A caller who has heard nothing for so long says it again."""
TURN_IS_OVER_S = 2.2
"""After so much silence the caller goes on: longer than what is judged."""
LONGEST_ANSWER_S = 40.0
INTO_THE_WORDS_S = 0.6
INTO_THE_READ_BACK_S = 1.0
CLOSES_WITHIN_S = 10.0


@dataclass
class Conversation:
    phone: Softphone
    on_moment: Callable[[Moment], None]
    turns: list[Owed] = field(default_factory=list)
    said: int = 0
    """How often the dish was ordered: asked for once more where nothing came of it."""

    def owes(self, what: str, since: float) -> None:
        """What the caller did now is where the agent's turn before ended."""
        self.turns.append(Owed(what, since, float("inf")))

    def takes_over(self) -> None:
        if self.turns:
            before = self.turns.pop()
            self.turns.append(Owed(before.what, before.since, min(before.until, time.monotonic())))

    async def listen(self, since: float) -> None:
        if await until_sound(self.phone, since, LONGEST_WAIT_S) is not None:
            await until_quiet(self.phone, TURN_IS_OVER_S, LONGEST_ANSWER_S)

    async def say(self, words: str, moment: Moment | None = None) -> None:
        self.takes_over()
        if moment is not None:
            asyncio.get_running_loop().call_later(INTO_THE_WORDS_S, self.on_moment, moment)
        spoken = await self.phone.play(await speak(words))
        self.owes(words, spoken.finished)
        await self.listen(spoken.finished)

    async def press(self, key: str) -> None:
        self.takes_over()
        pressing = asyncio.create_task(self.phone.press(key))
        await asyncio.sleep(0)
        pressed = time.monotonic()
        self.owes(f"key {key}", pressed)
        await asyncio.sleep(0.1)
        self.on_moment(Moment.AFTER_THE_DIGIT)
        await pressing
        await self.listen(pressed)


async def take(board: Board, cell: Cell | None, number: str, *, is_hurried: bool = False) -> Row:
    """No cell: a call in which nothing fails. Hurried, the caller presses 1 into the read-back."""
    board.providers.heal()

    def strike(moment: Moment) -> None:
        if cell is not None and cell.moment is moment:
            board.providers.fail(cell)

    board.providers.brain.on_add = lambda: strike(Moment.TOOL_CALL)
    strike(Moment.GREETING)
    load = os.getloadavg()[0]
    async with await Softphone.open(from_number=number) as phone:
        talk = Conversation(phone, strike)
        try:
            talk.owes("answered", await phone.dial(board.stack.sip_uri))
            await _order(board, talk, number, is_hurried=is_hurried)
        except CallEndedError:
            pass
        hung_up = phone.closed.done()
        talk.takes_over()
        ended = await phone.hang_up()
        turns = [Owed(turn.what, turn.since, min(turn.until, ended)) for turn in talk.turns]
        await phone.recording.close()
        heard = list(silences(phone.recording.heard, turns))
    closed = await _is_closed(board, number)
    return judged(board, cell, number, heard, said=talk.said, is_closed=closed, was_hung_up_on=hung_up, load=load)


async def _order(board: Board, talk: Conversation, number: str, *, is_hurried: bool) -> None:
    kitchen = board.kitchen
    await talk.listen(talk.turns[0].since)
    while not kitchen.dishes_in_cart(number) and talk.said < TRIES:
        talk.said += 1
        await talk.say(DISH, Moment.MID_UTTERANCE)
    # Who had to say it again may have two by now, is told so in the read-back, and does not confirm it.
    if kitchen.dishes_in_cart(number) == 1 and await _is_read_back(board, talk, number, is_hurried):
        for _ in range(TRIES):
            if not kitchen.orders(number):
                await talk.press("1")
    for _ in range(TRIES):
        await talk.say(GOODBYE)


async def _is_read_back(board: Board, talk: Conversation, number: str, is_hurried: bool) -> bool:
    before = board.kitchen.times_written(number)
    for _ in range(TRIES):
        begun = asyncio.create_task(_into_the_read_back(board, talk, number, before))
        saying = asyncio.create_task(talk.say(CHECK_OUT))
        await asyncio.wait(
            (begun, saying), return_when=asyncio.FIRST_COMPLETED if is_hurried else asyncio.ALL_COMPLETED
        )
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)
        if begun.done() and begun.result():
            return True
        begun.cancel()
    return False


async def _into_the_read_back(board: Board, talk: Conversation, number: str, before: int) -> bool:
    deadline = time.monotonic() + LONGEST_WAIT_S
    while board.kitchen.times_written(number) == before:  # every checkout writes the cart
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.05)
    if await until_sound(talk.phone, time.monotonic(), LONGEST_WAIT_S) is not None:
        await asyncio.sleep(INTO_THE_READ_BACK_S)
        talk.on_moment(Moment.READ_BACK)
    return True


async def _is_closed(board: Board, number: str) -> bool:
    deadline = time.monotonic() + CLOSES_WITHIN_S
    while time.monotonic() < deadline:
        if board.kitchen.is_call_closed(number) and board.kitchen.tools(number) is not None:
            return True
        await asyncio.sleep(0.1)
    return board.kitchen.is_call_closed(number)
