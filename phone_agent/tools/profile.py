"""Tools about the caller."""

from __future__ import annotations

from livekit.agents import function_tool

from phone_agent.counter.returning import may_hear
from phone_agent.ordering.disclosure import Matter, greeted_as
from phone_agent.ordering.wording import words_for_profile
from phone_agent.tools.spoken import Context, spoken


@function_tool
@spoken
async def get_user_profile(context: Context) -> str:
    """Who is calling: the household's name, what it likes and the area it orders in. Call it when the caller asks."""
    call = context.userdata
    profile = call.profile
    name = profile.household_name if may_hear(call, Matter.GREETING_BY_NAME) else None
    area = f"{profile.city}, {profile.state}" if profile.city and may_hear(call, Matter.AREA) else ""
    return words_for_profile(greeted_as(name) if name else None, area, call.known.favorite_cuisines)
