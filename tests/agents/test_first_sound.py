"""A quote opens at the first sound of its own read-back, and a key pressed before that confirms nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from itertools import count

import pytest
from livekit import rtc
from livekit.agents import AgentSession, io

from phone_agent import line
from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.dtmf import Keypad
from phone_agent.keypad.keys import Mode
from phone_agent.ordering.order import Order
from phone_agent.ordering.selection import ItemRequest
from phone_agent.phone_line.session import open_session
from phone_agent.phone_line.silence import Silence
from phone_agent.voice.offline.pipeline import in_writing
from phone_agent.voice.offline.tts import OfflineTTS
from tests.agents.test_what_users_say import cart_of, orders_of

pytestmark = pytest.mark.hearing


class Loudspeaker(io.AudioOutput):
    """Plays as fast as it is given sound, while it is switched on; until then the first sound waits."""

    def __init__(self) -> None:
        super().__init__(label="loudspeaker", capabilities=io.AudioOutputCapabilities(pause=False))
        self.is_on = asyncio.Event()
        self.is_on.set()
        self._played = 0.0

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await self.is_on.wait()
        await super().capture_frame(frame)
        if not self._played:
            self.on_playback_started(created_at=time.time())
        self._played += frame.duration

    def flush(self) -> None:
        super().flush()
        self._end(interrupted=False)

    def clear_buffer(self) -> None:
        self._end(interrupted=True)

    def _end(self, *, interrupted: bool) -> None:
        if self._played:
            played, self._played = self._played, 0.0
            self.on_playback_finished(playback_position=played, interrupted=interrupted)


@pytest.fixture
def loudspeaker() -> Loudspeaker:
    return Loudspeaker()


@pytest.fixture
async def session(call: Call, loudspeaker: Loudspeaker) -> AsyncIterator[AgentSession[Call]]:
    session = open_session(call, replace(in_writing(call), tts=OfflineTTS()))
    session.output.audio = loudspeaker
    await session.start(OrderAgent(call), record=False)
    await until(lambda: session.current_speech is None)
    yield session
    await session.aclose()


@pytest.fixture
async def keypad(session: AgentSession[Call]) -> AsyncIterator[Keypad]:
    keypad = Keypad(session, clock=count(0.0, 1.0).__next__)
    yield keypad
    await keypad.close()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.01)


def lines_of(order: Order) -> list[tuple[int, str]]:
    return [(entry.quantity, entry.name) for entry in order.lines]


async def with_a_salad(call: Call) -> None:
    await call.take([ItemRequest("caesar salad")])


async def test_a_read_back_cut_before_its_first_sound_is_not_opened_by_the_next_sentence(
    session: AgentSession[Call], call: Call, loudspeaker: Loudspeaker
) -> None:
    await with_a_salad(call)
    loudspeaker.is_on.clear()
    reading = asyncio.create_task(line.read_back(session, await call.checkout()))
    await asyncio.sleep(0.1)
    line.stop(session)
    await reading
    loudspeaker.is_on.set()
    await line.say(session, "Something else.")

    assert not call.has_open_quote


async def test_1_pressed_before_the_read_back_sounds_neither_places_nor_adds(
    call: Call, keypad: Keypad, loudspeaker: Loudspeaker
) -> None:
    await with_a_salad(call)
    for key in "9121":
        keypad.press(key)
    await keypad.close()
    loudspeaker.is_on.clear()
    keypad.press("#")
    await asyncio.sleep(0.1)
    before = keypad.mode
    keypad.press("1")
    await asyncio.sleep(0.1)
    nothing_yet = await orders_of(call)
    loudspeaker.is_on.set()
    await until(lambda: call.has_open_quote)
    after = keypad.mode
    keypad.press("1")
    await keypad.close()

    (order,) = await orders_of(call)
    assert (before, nothing_yet, after) == (Mode.CHECKING_OUT, [], Mode.READ_BACK)
    assert lines_of(order) == [(1, "Caesar Salad"), (1, "Crab Cakes")]


class SlowLoudspeaker(Loudspeaker):
    """Plays in real time, so that what is said can be cut in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self._ending: asyncio.TimerHandle | None = None

    def flush(self) -> None:
        io.AudioOutput.flush(self)
        self._ending = asyncio.get_running_loop().call_later(self._played, lambda: self._end(interrupted=False))

    def clear_buffer(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        super().clear_buffer()


@pytest.mark.parametrize("key", "#07")
async def test_a_yes_after_a_cut_read_back_hears_it_again_and_the_next_yes_places(
    session: AgentSession[Call], call: Call, keypad: Keypad, key: str
) -> None:
    await with_a_salad(call)
    session.output.audio = SlowLoudspeaker()
    reading = asyncio.create_task(line.read_back(session, await call.checkout()))
    await until(lambda: call.has_open_quote)
    await asyncio.sleep(0.3)
    keypad.press(key)
    await reading
    was_cut = call.read_back_ended_at is None
    session.output.audio = Loudspeaker()
    await keypad.close()
    await session.generate_reply(user_input="yes")
    nothing_yet = await orders_of(call)
    heard_again = call.read_back_ended_at is not None
    await session.generate_reply(user_input="yes")

    assert (was_cut, nothing_yet, heard_again) == (True, [], True)
    assert len(await orders_of(call)) == 1


@pytest.mark.parametrize(("key", "comes_after"), [("0", "put a person"), ("#", "cart is empty"), ("1", "order number")])
async def test_keys_in_the_sentence_with_the_order_number_act_after_it(
    session: AgentSession[Call], call: Call, keypad: Keypad, key: str, comes_after: str
) -> None:
    await with_a_salad(call)
    await line.read_back(session, await call.checkout())
    session.output.audio = SlowLoudspeaker()
    said: list[tuple[str, bool]] = []
    session.on("conversation_item_added", lambda event: said.append((event.item.text_content, event.item.interrupted)))
    placing = asyncio.create_task(line.place(session, "keypad"))
    await until(lambda: keypad.mode is Mode.PLACED)
    await asyncio.sleep(0.3)
    keypad.press(key)
    await placing
    await keypad.close()

    assert [was_cut for _, was_cut in said] == [False, False]
    assert "order number" in said[0][0]
    assert comes_after in said[1][0]


async def test_the_first_digit_of_a_code_stops_the_speech(session: AgentSession[Call], keypad: Keypad) -> None:
    session.output.audio = SlowLoudspeaker()
    prompt = line.say(session, "Please key in the four digits of your code.", interruptible=False)
    code = asyncio.create_task(keypad.collect(1))
    await asyncio.sleep(0.3)
    keypad.press("4")
    await prompt

    assert prompt.interrupted
    assert await code == "4"


async def test_the_menus_keys_work_again_where_there_is_nothing_to_check_out(
    call: Call, keypad: Keypad, loudspeaker: Loudspeaker
) -> None:
    for key in "9221":
        keypad.press(key)
    await keypad.close()
    loudspeaker.is_on.clear()
    keypad.press("#")
    await asyncio.sleep(0.1)
    while_it_is_said = keypad.mode
    keypad.press("1")
    keypad.press("1")
    loudspeaker.is_on.set()
    await keypad.close()

    assert while_it_is_said is Mode.KEYPAD_MENU
    assert cart_of(call) == [(1, "Clam Chowder")]


async def test_a_silent_caller_in_the_menu_hears_again_what_the_keys_do(
    session: AgentSession[Call], call: Call, keypad: Keypad
) -> None:
    silence = Silence(session, seconds=0.2)
    silence.watch()
    keypad.press("9")
    await keypad.close()
    call.last_said = ""
    await until(lambda: call.last_said.startswith("Cheesecake Corner: press 1"))

    assert silence._reprompted == 1


async def test_what_else_is_being_said_opens_no_quote(session: AgentSession[Call], loudspeaker: Loudspeaker) -> None:
    call = session.userdata
    await call.take([ItemRequest("Caesar Salad", 1)])
    quote = await call.checkout()
    loudspeaker.is_on.clear()
    session.say("One moment, I am looking something up for you.", add_to_chat_ctx=False)
    reading = asyncio.create_task(line.read_back(session, quote))
    await until(lambda: call.is_reading_back)
    opened: list[bool] = []
    loudspeaker.on("playback_started", lambda _: opened.append(call.has_open_quote))
    loudspeaker.is_on.set()
    await reading

    assert opened[:2] == [False, True]
    assert call.has_open_quote


async def test_a_phrase_that_holds_the_line_opens_no_quote_before_the_order_was_said(
    session: AgentSession[Call], loudspeaker: Loudspeaker
) -> None:
    call = session.userdata
    call.is_holding = lambda: True
    await call.take([ItemRequest("Caesar Salad", 1)])
    quote = await call.checkout()
    seen: list[bool] = []
    session.on("conversation_item_added", lambda _: seen.append(call.has_open_quote))

    await line.read_back(session, quote)

    assert seen[0] is False
    assert call.has_open_quote
