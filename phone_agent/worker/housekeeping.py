"""What a worker does beside its calls, in rounds: whatever was left behind, due, or lost."""

from __future__ import annotations

from phone_agent.chores.lost_calls import LostCalls
from phone_agent.chores.privacy import DailyPurge
from phone_agent.chores.rounds import Rounds
from phone_agent.messages.postman import Postman
from phone_agent.outbound.ready_rounds import ReadyCalls
from phone_agent.settings import Settings
from phone_agent.telephony.watch import TrunkWatch


def rounds_of(settings: Settings) -> list[Rounds]:
    """Safe with any number of workers: the store decides which of them does a thing."""
    return [LostCalls(settings), DailyPurge(settings), TrunkWatch(settings), ReadyCalls(settings), Postman(settings)]
