"""The tool that goes over to the menu by keypad."""

from __future__ import annotations

from livekit.agents import function_tool

from phone_agent.keypad import keypad_menu
from phone_agent.tools.spoken import Context


@function_tool
async def offer_keypad_menu(context: Context) -> None:
    """Go over to the menu by keypad. Only the code that counts what was not understood calls this."""
    await keypad_menu.offer(context.session)
