"""Which keys open the Supabase store, and what is said of those that do not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.menu import Menu
from phone_agent.store.supabase import SupabaseStore
from tests.builders import NOON, a_quote
from tests.postgrest.gateway import ANON_KEY, LEGACY_KEY, PUBLISHABLE_KEY, SECRET_KEY
from tests.postgrest.programs import REPO
from tests.postgrest.project import Project
from tests.postgrest.servers import Postgres
from tests.store.test_unavailable import SAID

pytestmark = pytest.mark.postgrest


@pytest.fixture(scope="module")
def unmigrated(postgres: Postgres) -> str:
    """The address of a project that nobody has applied the migrations to."""
    postgres.create("unmigrated").close()
    return postgres.serve("unmigrated").url


@pytest.mark.parametrize("key", [LEGACY_KEY, SECRET_KEY])
async def test_both_kinds_of_service_key_take_an_order(project: Project, menu: Menu, key: str) -> None:
    store = await SupabaseStore.open(project.url, key)
    await store.save_menu(menu)
    order = await store.place_order(await a_quote(store, menu), confirmed_by="keypad", now=NOON)
    await store.close()

    assert order.number == 1


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        (ANON_KEY, "must be the service-role key"),
        (PUBLISHABLE_KEY, "must be the service-role key"),
        (LEGACY_KEY[:-5] + "AAAAA", "check SUPABASE_SERVICE_ROLE_KEY"),
        ("sb_secret_of-nobody", "check SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY"),
    ],
)
async def test_a_key_that_does_not_fit_is_said_and_named_in_the_log(
    supabase: SupabaseStore, project: Project, caplog: pytest.LogCaptureFixture, key: str, advice: str
) -> None:
    store = await SupabaseStore.open(project.url, key)
    with pytest.raises(StoreUnavailable, match=SAID):
        await store.load_menu()
    await store.close()

    assert any(advice in vars(record).get("advice", "") for record in caplog.records)
    assert key not in caplog.text


@pytest.mark.parametrize(
    ("key", "named"),
    [(SECRET_KEY, "apply supabase/migrations"), ("sb_secret_of-nobody", "SUPABASE_SERVICE_ROLE_KEY")],
)
def test_the_command_tells_staff_what_to_do_about_it(unmigrated: str, tmp_path: Path, key: str, named: str) -> None:
    env = {"SUPABASE_URL": unmigrated, "SUPABASE_SERVICE_ROLE_KEY": key, "PYTHONPATH": str(REPO)}
    words = [sys.executable, "-c", "from phone_agent.cli import main; main()", "orders", "list"]
    said = subprocess.run(words, env=env, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)

    assert said.returncode == 1
    assert SAID in said.stderr
    assert named in said.stderr
    assert "Traceback" not in said.stderr
