"""Creates or updates the trunks and the dispatch rule on any LiveKit server; a second run changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from phone_agent.settings import Settings
from phone_agent.store.open import opened_store
from phone_agent.telephony.carry_out import Outcome, ProvisioningError, carry_out
from phone_agent.telephony.livekit_side import livekit_wishes, open_livekit
from phone_agent.telephony.sip_files import SIP_FOLDER

__all__ = ["Change", "ProvisioningError", "numbers_of_menu", "provision", "provision_with_menu"]


@dataclass(frozen=True)
class Change:
    kind: str
    action: Literal["created", "updated", "unchanged"]
    id: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        changed = f" ({', '.join(self.fields)})" if self.fields else ""
        return f"{self.kind} {self.id} {self.action}{changed}"


async def provision_with_menu(settings: Settings) -> list[Change]:
    """Also for the numbers that belong to one restaurant. Raises what open_store raises, RequestError."""
    return await provision(settings, numbers=await numbers_of_menu(settings))


async def numbers_of_menu(settings: Settings) -> list[str]:
    async with opened_store(settings) as store:
        menu = await store.load_menu()
    return [number for place in menu.active for number in place.numbers]


async def provision(settings: Settings, folder: Path = SIP_FOLDER, *, numbers: Sequence[str] = ()) -> list[Change]:
    """LiveKit's half alone, and nothing is deleted. `numbers`: beside that of the settings."""
    wishes = livekit_wishes(settings, folder, numbers)
    async with open_livekit(settings) as side:
        outcome = await carry_out(side, wishes)
    if outcome.plan.problems:
        raise ProvisioningError(f"{side.name}: {' '.join(outcome.plan.problems)}")
    changes = _changes(outcome)
    return [changes[wish.key] for wish in wishes if wish.key in changes]


def _changes(outcome: Outcome) -> dict[object, Change]:
    changes: dict[object, Change] = {f.key: Change(f.key.kind, "unchanged", f.id) for f in outcome.plan.unchanged}
    for step, its_id in outcome.done:
        fresh = step.found is None
        changes[step.key] = Change(
            step.key.kind, "created" if fresh else "updated", its_id, () if fresh else tuple(step.changes)
        )
    return changes
