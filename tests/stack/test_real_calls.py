"""Spoken calls over SIP, each judged by what the store holds afterwards."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime

import pytest

from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.rehearsal.caller import SimulatedCaller
from phone_agent.rehearsal.script import HangUp, Listen, Press, PressWhileSpeaking, Say
from phone_agent.store.sqlite import SqliteStore
from tests.stack.calls import Dialled, Line, Rehearsed, dial_all, lines_of, when_closed
from tests.stack.mixing import Kept, miscounted, mixed_up

pytestmark = [pytest.mark.stack, pytest.mark.timeout(900)]

ON_EVERY_GOOD_HANG_UP = (
    # The SDK's WebRTC engine reports that its data channels closed when the room was deleted under it.
    re.compile(r"publisher data channel '_(reliable|lossy|data_track)' closed unexpectedly"),
    # The SDK takes its track back from a connection that is closed already.
    re.compile(r"failed to negotiate the publisher: .*Called in wrong state: closed"),
    # The bridge writes sip.callStatus=hangup as it leaves; the server wants to renew the token of a leg that is gone.
    re.compile(r"\tcould not refresh token\t.*\"error\": \"context canceled\""),
    # The room's last news, meant for a participant who is just leaving.
    re.compile(r"\tcould not send update to participant\t.*\"error\": \"context canceled\""),
)
BAD = re.compile(
    r'"level": ?"(ERROR|CRITICAL)"|Z\t(ERROR|DPANIC|PANIC|FATAL)\t|Traceback \(most recent call last\)|^panic: '
)
HOW_LINES_LOOK = {"agent": '"level": "INFO"', "livekit-server": "Z\tINFO\t", "livekit-sip": "Z\tINFO\t", "redis": " * "}
"""Where they came to look otherwise, BAD would find nothing for ever."""

FEW_SENTENCES = (
    CallerSentence.HELLO_GUEST,
    CallerSentence.WHAT_WOULD_YOU_LIKE,
    Sentence.UNCLEAR,
    Sentence.UNCLEAR_AGAIN,
    Sentence.PRESS_ONE_OR_SAY_YES,
    Sentence.CART_EMPTY,
    Sentence.GOODBYE,
)
"""What four callers at once listen for: with all sentences their ears alone would fill a small machine."""

CUT_SHORT = "press 1 while the order is read back"
SALAD_AND_SALMON = Say("i would like a caesar salad and a grilled salmon")
CHECK_OUT = Say("check out please")

CALLS = {
    "press 1, then check out again": Dialled(
        "+14075550111", (SALAD_AND_SALMON, CHECK_OUT, Press("1"), CHECK_OUT, Say("thank you goodbye"))
    ),
    "press 2, change, then 1": Dialled(
        "+14075550112",
        (SALAD_AND_SALMON, CHECK_OUT, Press("2"), Say("remove the grilled salmon"), CHECK_OUT, Press("1")),
    ),
    "yes by voice": Dialled("+14075550113", (SALAD_AND_SALMON, CHECK_OUT, Say("yes please"))),
    "press 1 five times fast": Dialled("+14075550114", (SALAD_AND_SALMON, CHECK_OUT, Press("11111"), Listen(3.0))),
    CUT_SHORT: Dialled(
        "+14075550115",
        (SALAD_AND_SALMON, Say("check out please", listens=False), PressWhileSpeaking("1", after=2.0), Listen(4.0)),
    ),
    "press 1 before any read-back": Dialled("+14075550116", (Say("i would like a caesar salad"), Press("1"), HangUp())),
    "hang up in mid-order": Dialled("+14075550117", (SALAD_AND_SALMON, HangUp())),
    "the ten steps": Dialled(
        "+14075550118",
        (
            Say("i want cheesecake for my wife"),
            Say("add the strawberry one to cart"),
            Say("show my cart"),
            Say("let's check out"),
            Say("yes confirm order"),
        ),
    ),
    "say nothing at all": Dialled("+14075550119", (Listen(12.0), Listen(12.0), Listen(12.0), Listen(12.0))),
}

FOUR_AT_ONCE = {
    "+14075550121": ("a caesar salad", 1, "Caesar Salad"),
    "+14075550122": ("two grilled salmon", 2, "Grilled Salmon"),
    "+14075550123": ("a strawberry cheesecake", 1, "Strawberry Cheesecake"),
    "+14075550124": ("three spring rolls", 3, "Spring Rolls"),
}


@pytest.fixture(scope="module")
def rehearsed(line: Line) -> dict[str, Rehearsed]:
    return asyncio.run(dial_all(line, CALLS))


def test_order_and_press_1_is_one_order_with_the_right_lines_and_total(rehearsed: dict[str, Rehearsed]) -> None:
    done = rehearsed["press 1, then check out again"]

    assert done.orders == [([(1, "Caesar Salad"), (1, "Grilled Salmon")], 3198)]
    assert done.grade.orders[0].confirmed_by == "keypad"
    assert done.call.outcome == "ordered"


def test_callers_hear_number_and_total_by_sound_alone(rehearsed: dict[str, Rehearsed]) -> None:
    """The caller's ears are a recogniser on a telephone line: they may miss one call, not most."""
    whole = [done.grade for name, done in rehearsed.items() if done.orders and name != CUT_SHORT]

    assert len(whole) >= 4
    assert sum(grade.heard_order_number for grade in whole) >= len(whole) - 1
    assert sum(grade.heard_total for grade in whole) >= len(whole) - 1


def test_a_second_checkout_after_the_order_finds_an_empty_cart(rehearsed: dict[str, Rehearsed]) -> None:
    done = rehearsed["press 1, then check out again"]

    assert len(done.orders) == 1
    assert any("empty" in sentence for sentence in done.heard)


def test_the_agent_hangs_up_after_goodbye(rehearsed: dict[str, Rehearsed]) -> None:
    assert rehearsed["press 1, then check out again"].was_hung_up_on


def test_press_2_then_a_change_then_1_is_the_changed_order(rehearsed: dict[str, Rehearsed]) -> None:
    assert rehearsed["press 2, change, then 1"].orders == [([(1, "Caesar Salad")], 899)]


def test_a_spoken_yes_places_the_order(rehearsed: dict[str, Rehearsed]) -> None:
    done = rehearsed["yes by voice"]

    assert done.orders == [([(1, "Caesar Salad"), (1, "Grilled Salmon")], 3198)]
    assert done.grade.orders[0].confirmed_by == "voice"


def test_pressing_1_five_times_fast_is_one_order(rehearsed: dict[str, Rehearsed]) -> None:
    assert len(rehearsed["press 1 five times fast"].orders) == 1


def test_1_in_the_read_back_stops_the_speech_and_places(rehearsed: dict[str, Rehearsed]) -> None:
    done = rehearsed[CUT_SHORT]

    assert len(done.orders) == 1
    assert not any("press one" in sentence for sentence in done.heard)


def test_1_before_any_read_back_orders_nothing(rehearsed: dict[str, Rehearsed]) -> None:
    done = rehearsed["press 1 before any read-back"]

    assert done.orders == []
    assert done.call.outcome == "abandoned"


async def test_hanging_up_in_mid_order_orders_nothing_and_keeps_the_cart(
    rehearsed: dict[str, Rehearsed], line: Line
) -> None:
    done = rehearsed["hang up in mid-order"]
    store = await SqliteStore.open(line.database)
    cart = await store.find_cart(done.call.id)
    said = await store.load_transcript(done.call.id)
    await store.close()

    assert done.orders == []
    assert done.call.outcome == "abandoned"
    assert cart is not None
    assert [item.item.name for item in cart.lines] == ["Caesar Salad", "Grilled Salmon"]
    assert {entry.speaker for entry in said} == {"agent", "caller"}


def test_the_users_own_conversation_is_an_order(rehearsed: dict[str, Rehearsed]) -> None:
    assert rehearsed["the ten steps"].orders == [([(1, "Strawberry Cheesecake")], 850)]


def test_silence_is_asked_about_twice_and_then_the_agent_hangs_up(rehearsed: dict[str, Rehearsed]) -> None:
    done = rehearsed["say nothing at all"]

    assert done.was_hung_up_on
    assert (done.call.outcome, done.call.reason) == ("abandoned", "silence")
    assert len(done.heard) >= 4
    assert any(words in sentence for words in ("still there", "can't hear", "goodbye") for sentence in done.heard)


async def test_four_calls_at_once_are_four_orders_that_do_not_mix(line: Line) -> None:
    """One caller's count may be misheard: that is the recogniser's, and read back; here nothing may be another's."""
    calls = {
        number: Dialled(number, (Say(f"i would like {words}"), CHECK_OUT, Press("1")))
        for number, (words, _, _) in FOUR_AT_ONCE.items()
    }
    store = await SqliteStore.open(line.database)
    before = await store.find_orders(limit=1000)
    done = await dial_all(line, calls, at_once=4, sentences=FEW_SENTENCES)
    after = await store.find_orders(limit=1000)
    kept = [
        Kept(number, quantity, dish, call.call, call.grade.orders, await store.load_transcript(call.call.id))
        for (number, call), (_, quantity, dish) in zip(done.items(), FOUR_AT_ONCE.values(), strict=True)
    ]
    await store.close()

    assert mixed_up(kept) == []
    assert len(after) == len(before) + 4
    assert len(miscounted(kept)) <= 1


@pytest.mark.parametrize("program", HOW_LINES_LOOK)
def test_every_program_has_logged_the_calls(rehearsed: dict[str, Rehearsed], line: Line, program: str) -> None:
    assert rehearsed
    assert HOW_LINES_LOOK[program] in line.stack.log_path(program).read_text(errors="replace")


@pytest.mark.parametrize(
    "entry",
    [
        '{"message": "the database failed", "level": "ERROR", "name": "phone_agent.store.database"}',
        "2026-11-21T11:50:14.445Z\tERROR\tlivekit.api\tservice/twirp.go:147\tsomething failed",
        "2026-11-21T11:50:14.445Z\tFATAL\tsip\tsip/service.go:1\tsomething failed",
        "Traceback (most recent call last):",
        "panic: runtime error: invalid memory address",
    ],
)
def test_an_error_of_each_program_would_be_found(entry: str) -> None:
    assert BAD.search(entry)


def test_no_error_stands_in_any_log_after_calls_that_went_well(rehearsed: dict[str, Rehearsed], line: Line) -> None:
    assert rehearsed
    found = [
        f"{path.name}: {entry[:300]}"
        for path in sorted((line.stack.run_dir / "logs").glob("*.log"))
        for entry in path.read_text(errors="replace").splitlines()
        if BAD.search(entry) and not any(known.search(entry) for known in ON_EVERY_GOOD_HANG_UP)
    ]

    assert found == []


def test_no_callers_number_stands_in_the_agents_log(rehearsed: dict[str, Rehearsed], line: Line) -> None:
    log = line.stack.log_path("agent").read_text(errors="replace")

    assert rehearsed
    assert not [dialled.number for dialled in CALLS.values() if dialled.number.lstrip("+") in log]


async def test_who_dials_a_restaurants_own_number_orders_there_only(line: Line) -> None:
    own_number, caller_number = "+14075550133", "+14075550141"
    store = await SqliteStore.open(line.database)
    since = datetime.now(UTC)
    async with await SimulatedCaller.open(None, from_number=caller_number) as caller:
        await caller.ring(line.stack.sip_uri.replace(line.stack.number, own_number))
        await caller.perform((Say("a pad thai please"), SALAD_AND_SALMON, CHECK_OUT, Press("1"), Listen(3.0)))
        await caller.hang_up()
        done = await when_closed(store, since, caller_number, [])
    await store.close()

    assert done.call is not None
    assert done.call.dialled_number == own_number
    assert [(order.restaurant_name, lines_of(order)) for order in done.orders] == [
        ("Harbor House", [(1, "Caesar Salad"), (1, "Grilled Salmon")])
    ]
