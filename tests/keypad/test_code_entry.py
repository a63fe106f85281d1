"""Codes keyed in digit by digit."""

from __future__ import annotations

import asyncio

from phone_agent.keypad.code_entry import CodeEntry


async def keyed(entry: CodeEntry, keys: str) -> str | None:
    result = asyncio.create_task(entry.result())
    await asyncio.sleep(0)
    for key in keys:
        if key == "#":
            entry.end()
        elif key == "*":
            entry.clear()
        else:
            entry.add(key)
    return await result


async def test_the_last_digit_ends_a_code_of_fixed_length() -> None:
    assert await keyed(CodeEntry(4), "0420") == "0420"


async def test_pound_ends_a_code_early() -> None:
    assert await keyed(CodeEntry(4), "12#") == "12"


async def test_star_clears_what_was_keyed() -> None:
    assert await keyed(CodeEntry(4), "12*3456") == "3456"


async def test_pound_alone_is_no_code() -> None:
    assert await keyed(CodeEntry(4), "#") is None


async def test_silence_cancels() -> None:
    assert await keyed(CodeEntry(4, silence_seconds=0.02), "12") is None
