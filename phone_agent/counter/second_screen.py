"""The page beside a telephone: its code, and the words that tell it."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from phone_agent.call import Call
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.sentences_screen import ScreenSentence
from phone_agent.ordering.wording_screen import words_for_code

DIGITS = 8
TRIES = 5


async def open_second_screen(call: Call) -> str:
    """What the caller hears; asked again, the same code. Raises StoreUnavailable."""
    if call.record.channel == "page":
        return ScreenSentence.SCREEN_HERE.words()
    if call.record.channel != "phone" or not call.page_address:
        return ScreenSentence.SCREEN_NONE.words()
    if not call.screen_code:
        call.screen_code = await _new_code(call)
    host = urlsplit(call.page_address).netloc
    return ScreenSentence.SCREEN_CODE.words(address=host, digits=words_for_code(call.screen_code))


async def _new_code(call: Call) -> str:
    """No running call has it."""
    for _ in range(TRIES):
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        if await call.store.open_screen(call.record.id, code):
            return code
    raise StoreUnavailable(ScreenSentence.SCREEN_NONE.words())
