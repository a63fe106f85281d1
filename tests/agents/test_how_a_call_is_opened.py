"""From ring to session: a household that does not exist, a session that never starts, a menu that has changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import pytest
from livekit import rtc
from livekit.agents import JobExecutorType, JobProcess
from livekit.api import LiveKitAPI
from livekit.protocol import agent as protocol

from phone_agent.agent import answer, check_store, end_call_record
from phone_agent.call import Call
from phone_agent.ordering.selection import ItemRequest
from phone_agent.settings import DEMO_PROFILE_ID, Settings, SettingsError
from phone_agent.store.open import demo_household
from phone_agent.store.protocol import Store
from phone_agent.store.sqlite import SqliteStore
from tests.agents.callers import NEW, a_call, talking
from tests.builders import item_named, with_item
from tests.phone_line.test_caller_leg import livekit_saying, who_is_there

NOBODY = UUID("00000000-0000-0000-0000-00000000dead")
REPO = Path(__file__).parents[2]


async def test_a_household_that_does_not_exist_is_named(store: Store) -> None:
    with pytest.raises(SettingsError, match=f"^DEMO_PROFILE_ID: .* has no household {NOBODY}"):
        await demo_household(store, Settings.from_env({"DEMO_PROFILE_ID": str(NOBODY)}))


async def test_where_none_is_named_there_is_none(store: Store) -> None:
    there = await demo_household(store, Settings.from_env({"DEMO_PROFILE_ID": str(DEMO_PROFILE_ID)}))

    assert await demo_household(store, Settings.from_env({})) is None
    assert there is not None
    assert there.household_name == "Rivera Household"


async def test_a_restaurant_without_a_tax_rate_sells_nothing(store: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "orders.sqlite3", isolation_level=None)
    other.execute("UPDATE fc_restaurants SET tax_rate_basis_points = NULL WHERE name = 'Harbor House'")
    other.close()

    async with talking(store, None) as talk:
        await talk.say("two grilled salmon please")

        assert talk.call.cart.is_empty


async def test_a_store_without_the_household_of_the_demo_has_guests(tmp_path: Path) -> None:
    """`make up` names it unasked, also where a restaurant's own store is used."""
    bare = await SqliteStore.open(tmp_path / "bare.sqlite3")
    there = await demo_household(bare, Settings.from_env({"DEMO_PROFILE_ID": str(DEMO_PROFILE_ID)}))
    await bare.close()

    assert there is None


async def test_the_store_that_lacks_the_household_is_named(store: Store) -> None:
    supabase = {"SUPABASE_URL": "https://abcdefgh.supabase.co", "SUPABASE_SERVICE_ROLE_KEY": "sb_secret_of-the-tests"}

    with pytest.raises(SettingsError, match=r"https://abcdefgh\.supabase\.co has no household"):
        await demo_household(store, Settings.from_env(supabase | {"DEMO_PROFILE_ID": str(NOBODY)}))


async def test_a_restaurant_without_a_tax_rate_is_named_at_start(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shutil.copy(prepared, tmp_path / "orders.sqlite3")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("UPDATE fc_restaurants SET tax_rate_basis_points = NULL WHERE name = 'Harbor House'")
    other.close()

    await check_store(Settings.from_env({"PHONE_AGENT_DATABASE": str(path)}))

    assert capsys.readouterr().err.startswith("Harbor House has no tax rate and takes no orders by phone.")


@pytest.mark.program
def test_the_worker_does_not_start_for_a_household_that_does_not_exist(prepared: Path) -> None:
    env = {**os.environ, "PHONE_AGENT_DATABASE": str(prepared), "DEMO_PROFILE_ID": str(NOBODY)}
    started = subprocess.run(
        [sys.executable, str(REPO / "phone_agent" / "agent.py"), "start"],
        cwd=REPO, env=env, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert started.returncode == 1
    assert started.stderr.startswith("DEMO_PROFILE_ID: ")
    assert "Traceback" not in started.stderr


class Ringing:
    """A participant as far as a page's caller is looked at."""

    identity = "customer_a1b2c3d4"
    kind = rtc.ParticipantKind.PARTICIPANT_KIND_STANDARD
    attributes: ClassVar[dict[str, str]] = {}


class NoVoice:
    def prepare(self, menu: object) -> None:
        raise OSError("the sound library is gone")


class Job:
    """A job in which no session can start."""

    def __init__(self, settings: Settings) -> None:
        self.proc = JobProcess(executor_type=JobExecutorType.PROCESS, user_arguments=None, http_proxy=None)
        self.proc.userdata.update(settings=settings, voice=NoVoice())
        self.room = rtc.Room()
        self.job = protocol.Job()
        self.has_deleted_room = False

    async def connect(self) -> None:
        pass

    async def wait_for_participant(self) -> Ringing:
        return Ringing()

    async def delete_room(self) -> None:
        self.has_deleted_room = True

    def is_fake_job(self) -> bool:
        return True


async def test_a_session_that_never_starts_closes_the_record_and_the_line(prepared_copy: Path, store: Store) -> None:
    job: Any = Job(Settings.from_env({"PHONE_AGENT_DATABASE": str(prepared_copy)}))
    with pytest.raises(OSError, match="sound library"):
        await answer(job)
    await end_call_record(job)

    (record, *_) = await store.find_calls()
    assert (record.outcome, record.reason) == ("failed", "not_started")
    assert record.ended_at is not None
    assert job.has_deleted_room


class Phone(Ringing):
    identity = "sip_a1b2c3d4"
    kind = rtc.ParticipantKind.PARTICIPANT_KIND_SIP
    attributes: ClassVar[dict[str, str]] = {"sip.phoneNumber": NEW}


class PhoneJob(Job):
    def __init__(self, settings: Settings, livekit: LiveKitAPI) -> None:
        super().__init__(settings)
        self.api = livekit

    async def wait_for_participant(self) -> Phone:
        return Phone()


async def test_a_phone_that_rings_again_is_offered_what_the_call_had_that_it_left(
    prepared_copy: Path, store: Store
) -> None:
    killed = await a_call(store, NEW)
    await killed.take([ItemRequest("caesar salad")])
    async with livekit_saying(who_is_there()) as livekit:
        job: Any = PhoneJob(Settings.from_env({"PHONE_AGENT_DATABASE": str(prepared_copy)}), livekit)
        with pytest.raises(OSError, match="sound library"):
            await answer(job)
    lost = job.proc.userdata["call"].known.lost_cart
    await end_call_record(job)
    ended = {record.id: record.reason for record in await store.find_calls()}
    await killed.close()

    assert lost is not None
    assert lost.cart == killed.cart
    assert ended[killed.record.id] == "lost"


@pytest.fixture
def prepared_copy(tmp_path: Path, store: Store) -> Path:
    return tmp_path / "orders.sqlite3"


async def test_a_menu_that_changed_in_mid_call_is_browsed_as_it_is_now(call: Call) -> None:
    await call.take([ItemRequest("caesar salad")])
    salad = item_named(call.menu, "Caesar Salad")
    await call.store.save_menu(with_item(call.menu, replace(salad, price_cents=1234)))
    await call.checkout()
    place, section = call.menu.restaurant_of(salad), call.menu.section_of(salad)

    assert "Caesar Salad for $12.34" in call.browse(place.slug, section.slug)
