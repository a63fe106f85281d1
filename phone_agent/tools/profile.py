"""Tools about the caller."""

from __future__ import annotations

from livekit.agents import function_tool

from phone_agent.ordering.wording import words_for_profile
from phone_agent.tools.spoken import Context, spoken


@function_tool
@spoken
async def get_user_profile(context: Context) -> str:
    """Who is calling: the household's name, what it likes and the area it orders in. Call it when the caller asks."""
    profile = context.userdata.profile
    area = f"{profile.city}, {profile.state}" if profile.city else ""
    return words_for_profile(profile.household_name, area, profile.favorite_cuisines)
