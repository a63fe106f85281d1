"""What the PIN guards, and what is left of a caller who wants to be forgotten."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from phone_agent.callers.pin import hashed
from phone_agent.ordering.wishes import Fulfilment, Wishes
from phone_agent.store.protocol import Store
from phone_agent.store.seed import DEMO_PHONE
from tests.agents.callers import NEW, newest_order, talking


async def test_an_order_of_another_call_is_cancelled_only_with_the_pin(store: Store) -> None:
    await store.save_pin(DEMO_PHONE, hashed("2468"))
    async with talking(store, DEMO_PHONE) as first:
        await first.say("a caesar salad")
        await first.say("check out")
        await first.press("1")
    async with talking(store, DEMO_PHONE) as second:
        where = await second.say("where's my order")
        refused = await second.say("cancel my last order")
        await second.say("my pin")
        proven = await second.press("2468")
        done = await second.say("cancel my last order")
        order = await newest_order(second)
        lines = await store.load_transcript(second.call.record.id)

    assert "is in the kitchen" in where
    assert "#" not in where
    assert "I need your PIN" in refused
    assert "that is right" in proven
    assert "is cancelled" in done
    assert order.status == "cancelled"
    assert "PIN entered" in [line.text for line in lines]
    assert not any(line.speaker == "keypad" and line.text.isdigit() for line in lines)


async def test_an_order_of_this_call_is_cancelled_without_a_pin(store: Store) -> None:
    async with talking(store, None) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.press("1")
        await talk.say("cancel the order I just placed")

        assert (await newest_order(talk)).status == "cancelled"


async def test_three_wrong_pins_end_the_tries_of_the_day_across_calls(store: Store) -> None:
    await store.save_pin(DEMO_PHONE, hashed("2468"))
    for pin in ("1111", "2222", "3333"):
        async with talking(store, DEMO_PHONE) as talk:
            await talk.say("my pin")
            assert "not right" in await talk.press(pin)
    async with talking(store, DEMO_PHONE) as talk:
        await talk.say("my pin")
        said = await talk.press("2468")

        assert "no more tries today" in said
        assert not talk.call.known.is_proven


async def test_forget_me_asks_once_and_then_leaves_only_the_order(store: Store) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        await talk.say("a caesar salad with no anchovies")
        await talk.say("check out")
        await talk.press("1")
        asked = await talk.say("forget me")
        said = await talk.say("yes")
        order = await newest_order(talk)
        after = await talk.say("what do you know about me")
        call_id = talk.call.record.id

    assert "Shall I forget your name" in asked
    assert "I have forgotten you" in said
    assert "nothing saved" in after
    assert await store.find_profile(DEMO_PHONE) is None
    assert not await store.load_transcript(call_id)
    assert (order.customer_name, order.order_note, order.fulfilment.address.strip(", ")) == ("", "", "zip code")
    assert order.totals.total_cents > 0


async def test_a_no_keeps_everything(store: Store) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        await talk.say("forget me")
        await talk.say("no")

    assert await store.find_profile(DEMO_PHONE) is not None


async def test_a_pin_guards_against_being_forgotten_by_a_forged_number(store: Store) -> None:
    await store.save_pin(DEMO_PHONE, hashed("2468"))
    async with talking(store, DEMO_PHONE) as talk:
        said = await talk.say("forget me")

        assert "I need your PIN" in said
    assert await store.find_profile(DEMO_PHONE) is not None


async def test_asking_for_the_pin_twice_is_one_question(store: Store) -> None:
    await store.save_pin(DEMO_PHONE, hashed("2468"))
    async with talking(store, DEMO_PHONE) as talk:
        await talk.say("my pin")
        await talk.say("my pin")
        said = await talk.press("2468")

        assert "that is right" in said
        assert not [words for words in talk.said if "didn't get four digits" in words]


async def test_a_code_that_is_too_short_costs_no_try(store: Store) -> None:
    await store.save_pin(DEMO_PHONE, hashed("2468"))
    async with talking(store, DEMO_PHONE) as talk:
        for _ in range(4):
            await talk.say("my pin")
            assert "didn't get four digits" in await talk.press("24#")
        await talk.say("my pin")

        assert "that is right" in await talk.press("2468")


async def test_a_pound_after_the_last_digit_does_nothing(store: Store) -> None:
    await store.save_pin(DEMO_PHONE, hashed("2468"))
    async with talking(store, DEMO_PHONE) as talk:
        await talk.say("my pin")
        proven = await talk.press("2468")
        proven += await talk.press("#")
        talk.pause()
        cart = await talk.press("#")

    assert "that is right" in proven
    assert "cart is empty" not in proven
    assert "cart is empty" in cart


async def test_a_pin_that_is_said_proves_nothing_and_is_not_kept(store: Store) -> None:
    await store.save_pin(DEMO_PHONE, hashed("2468"))
    async with talking(store, DEMO_PHONE) as talk:
        said = await talk.say("my pin is 2468")
        call_id = talk.call.record.id

        assert "key in your four digit PIN" in said
        assert not talk.call.known.is_proven
        await talk.press("#")
    assert not [line for line in await store.load_transcript(call_id) if "2468" in line.text]


async def test_with_the_pin_the_history_comes_with_its_total(store: Store) -> None:
    await store.save_pin(DEMO_PHONE, hashed("2468"))
    async with talking(store, DEMO_PHONE) as talk:
        await talk.say("my pin")
        await talk.press("2468")
        said = await talk.say("what did I order last time")

    assert "Your last order came to $" in said


async def test_who_is_forgotten_in_mid_order_leaves_no_address(store: Store, tmp_path: Path) -> None:
    home = Wishes(
        Fulfilment("delivery", None, "12 Lake Street", "32801"), order_note="ring twice", allergy_note="lupin"
    )
    async with talking(store, NEW) as talk:
        await talk.say("four quinoa bowls")
        await talk.call.wish(lambda _: home)
        read_back = await talk.say("check out")
        await talk.press("2")
        asked = await talk.say("forget me")
        said = await talk.say("yes")
        again = await talk.say("check out")

    with closing(sqlite3.connect(tmp_path / "orders.sqlite3")) as file:
        left = "\n".join(file.iterdump())
    assert "Shall I forget" in asked
    assert "I have forgotten you" in said
    assert "12 Lake Street" in read_back
    assert "12 Lake Street" in again
    assert not [word for word in ("12 Lake Street", "ring twice", "lupin", NEW) if word in left]
