"""All checks, side by side, each within its time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from phone_agent.clients.livekit import FAILURES
from phone_agent.doctor.carrier import check_carrier
from phone_agent.doctor.findings import Check, Finding, Found, Level, Ward, odd, wrong
from phone_agent.doctor.keys import check_keys
from phone_agent.doctor.line_plan import Plan, findings_of
from phone_agent.doctor.livekit_api import about, api_of
from phone_agent.doctor.livekit_server import check_address, check_key
from phone_agent.doctor.machine import check_disk, check_last_recording, check_load, check_log
from phone_agent.doctor.page import check_page, check_public
from phone_agent.doctor.provisioned import check_provisioned
from phone_agent.doctor.ringing import check_options, check_trial_call
from phone_agent.doctor.stores import (
    check_menu_in_store,
    check_store,
    check_strangers,
    check_time_zones,
    numbers_of_places,
)
from phone_agent.doctor.voice import check_voice
from phone_agent.doctor.worker import check_health, check_worker
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.settings import Settings, SettingsError
from phone_agent.store.look import CannotLook


@dataclass(frozen=True)
class Named:
    name: str
    check: Check
    longest_s: float = 10.0


async def check_plan(ward: Ward) -> list[Finding]:
    """Trunk ↔ number ↔ rule ↔ agent name, also for the numbers of single restaurants."""
    settings, extra = ward.settings, list[Finding]()
    numbers = [settings.phone_number]
    try:
        numbers += await numbers_of_places(settings)
    except (CannotLook, StoreUnavailable):
        extra.append(
            odd("Numbers of single restaurants were not compared: the store cannot be read.", "see the check `store`")
        )
    try:
        async with api_of(ward) as livekit:
            plan = await Plan.read(livekit)
    except FAILURES as error:
        return about(error)
    return [*findings_of(plan, settings, list(dict.fromkeys(numbers)), ward.caller), *extra]


CHECKS = (
    Named("keys", check_keys),
    Named("voice", check_voice),
    Named("livekit address", check_address),
    Named("livekit key", check_key),
    Named("trunk, number, rule", check_plan),
    Named("provisioned", check_provisioned),
    Named("sip", check_options),
    Named("sound and call", check_trial_call, 25.0),
    Named("worker", check_worker, 15.0),
    Named("worker's health", check_health),
    Named("carrier", check_carrier, 25.0),
    Named("page", check_page),
    Named("public address", check_public),
    Named("store", check_store),
    Named("strangers", check_strangers),
    Named("menu", check_menu_in_store),
    Named("time zone", check_time_zones),
    Named("disk", check_disk),
    Named("load", check_load),
    Named("log", check_log),
    Named("last rehearsal", check_last_recording),
)


async def examine(ward: Ward, checks: Sequence[Named] = CHECKS) -> AsyncIterator[Found]:
    """In the order of the list, as they come in."""
    running = [asyncio.create_task(_in_time(named, ward)) for named in checks]
    try:
        for task in running:
            for found in await task:
                yield found
    finally:
        for task in running:
            task.cancel()


async def _in_time(named: Named, ward: Ward) -> list[Found]:
    try:
        async with asyncio.timeout(named.longest_s):
            findings = await named.check(ward)
    except TimeoutError:
        findings = [wrong(f"No result within {named.longest_s:.0f} s.", "try again when the machine is quiet")]
    return [Found(named.name, finding) for finding in findings]


def settings_or_findings(env: Mapping[str, str]) -> Settings | Found:
    try:
        return Settings.from_env(env)
    except SettingsError as error:
        return Found("settings", wrong(str(error), "correct .env; the README's table has every variable"))


def worst_of(found: Sequence[Found]) -> Level:
    levels = {one.finding.level for one in found}
    return next((level for level in (Level.FAILURE, Level.WARNING) if level in levels), Level.OK)
