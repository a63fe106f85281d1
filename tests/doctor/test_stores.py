"""The doctor on stores that are old, newer, empty, damaged, locked away or open to strangers."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from phone_agent.doctor.findings import Finding, Level, Ward
from phone_agent.doctor.stores import check_menu_in_store, check_store, check_strangers, check_time_zones
from phone_agent.settings import Settings
from phone_agent.store.migrate import migrate, migrations
from tests.conftest import MENU
from tests.postgrest.gateway import PUBLISHABLE_KEY, SECRET_KEY
from tests.postgrest.project import Project
from tests.postgrest.servers import MIGRATIONS, Postgres
from tests.postgrest.servers import migrate as migrate_project


def ward(**env: str) -> Ward:
    return Ward(Settings.from_env(env))


def ward_at(path: Path) -> Ward:
    return ward(PHONE_AGENT_DATABASE=str(path))


def levels(findings: list[Finding]) -> list[Level]:
    return [finding.level for finding in findings]


@pytest.fixture
def path(tmp_path: Path, prepared: Path) -> Path:
    return Path(shutil.copy(prepared, tmp_path / "orders.sqlite3"))


async def test_each_table_is_shown_with_its_rows(path: Path) -> None:
    (found,) = await check_store(ward_at(path))

    assert found.level is Level.OK
    assert "fc_restaurants 7" in found.words
    assert "fc_menu_items 42" in found.words
    assert "fc_orders 1" in found.words
    tables = found.facts["tables"]
    assert isinstance(tables, dict)
    assert len(tables) == found.words.count("fc_")


async def test_an_old_migration_is_named_and_not_applied(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, migrations()[:9])
    connection.close()
    findings = await check_store(ward_at(path))
    menu = await check_menu_in_store(ward_at(path))
    connection = sqlite3.connect(path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()

    assert levels(findings)[0] is Level.FAILURE
    assert f"the migration 010 of {len(migrations()):03d} was not applied" in findings[0].words
    assert levels(menu) == [Level.WARNING]
    assert version == 9


async def test_a_store_of_a_newer_program_is_named(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")

    assert "newer program" in (await check_store(ward_at(path)))[0].words


async def test_a_file_that_is_no_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "orders.sqlite3"
    path.write_text("not a database " * 100)
    (found,) = await check_store(ward_at(path))

    assert found.level is Level.FAILURE
    assert "cannot be read" in found.words


async def test_a_folder_that_is_not_there_yet_is_no_failure(tmp_path: Path) -> None:
    assert levels(await check_store(ward_at(tmp_path / "new" / "orders.sqlite3"))) == [Level.OK]
    assert not (tmp_path / "new").exists()


async def test_an_empty_menu_is_named(tmp_path: Path, migrated: Path) -> None:
    path = Path(shutil.copy(migrated, tmp_path / "empty.sqlite3"))
    findings = await check_menu_in_store(ward_at(path))

    assert findings[0].level is Level.FAILURE
    assert findings[0].words == "The menu is empty: no caller can order anything."


async def test_a_menu_is_counted(path: Path) -> None:
    findings = await check_menu_in_store(ward_at(path))

    assert "the menu has 7 restaurants and 42 items" in [finding.words for finding in findings]
    assert Level.FAILURE not in levels(findings)


async def test_what_is_odd_in_the_menu_file_is_told(tmp_path: Path) -> None:
    menu = json.loads(MENU.read_text(encoding="utf-8"))
    menu["restaurants"][0].setdefault("translations", {}).setdefault("es", {})["Nothing Here"] = "nada"
    odd = tmp_path / "odd.json"
    odd.write_text(json.dumps(menu))
    ward_of_file = ward(PHONE_AGENT_DATABASE=str(tmp_path / "new.sqlite3"), PHONE_AGENT_MENU=str(odd))
    findings = await check_menu_in_store(ward_of_file)

    assert levels(findings) == [Level.OK, Level.WARNING]
    assert "Nothing Here" in findings[1].words


async def test_hours_count_in_the_restaurants_time(path: Path) -> None:
    (found,) = await check_time_zones(ward_at(path))

    assert "America/New_York" in found.words


@pytest.fixture
def ward_of_project(project: Project) -> Ward:
    return ward(SUPABASE_URL=project.url, SUPABASE_SERVICE_ROLE_KEY=SECRET_KEY, SUPABASE_ANON_KEY=PUBLISHABLE_KEY)


@pytest.fixture
def opened_table(project: Project) -> Iterator[str]:
    """As somebody does who wants a page to work quickly."""
    project.sql("insert into fc_feedback (id, sentiment, notes) values (gen_random_uuid(), 'praise', 'good')")
    project.sql("alter table fc_feedback disable row level security; grant select on fc_feedback to anon")
    yield "fc_feedback"
    project.sql("alter table fc_feedback enable row level security; revoke all on fc_feedback from anon")


@pytest.mark.postgrest
async def test_a_supabase_project_is_counted_and_closed_to_strangers(project: Project, ward_of_project: Ward) -> None:
    project.sql("insert into fc_feedback (id, sentiment, notes) values (gen_random_uuid(), 'praise', 'good')")
    (store,) = await check_store(ward_of_project)
    strangers = await check_strangers(ward_of_project)

    assert store.level is Level.OK
    assert "fc_feedback 1" in store.words
    assert levels(strangers) == [Level.OK]


@pytest.mark.postgrest
async def test_a_table_that_anon_can_read_is_named(opened_table: str, ward_of_project: Ward) -> None:
    (found,) = await check_strangers(ward_of_project)

    assert found.level is Level.FAILURE
    assert found.words == f"Anybody with the anon key can read {opened_table}, which is personal."
    assert f"revoke all on public.{opened_table} from anon" in found.mend


@pytest.mark.postgrest
async def test_an_empty_menu_of_a_supabase_project_is_named(ward_of_project: Ward) -> None:
    findings = await check_menu_in_store(ward_of_project)

    assert findings[0].words == "The menu is empty: no caller can order anything."


@pytest.mark.postgrest
async def test_a_wrong_key_of_supabase_is_named(project: Project) -> None:
    other = ward(SUPABASE_URL=project.url, SUPABASE_SERVICE_ROLE_KEY="sb_secret_" + "x" * 30)
    (found,) = await check_store(other)

    assert found.level is Level.FAILURE
    assert "refused" in found.words
    assert "SUPABASE_SERVICE_ROLE_KEY" in found.mend


@pytest.mark.postgrest
async def test_the_migration_that_a_supabase_project_lacks_is_named(postgres: Postgres) -> None:
    applied = [script for script in MIGRATIONS if "lost_carts" not in script.name and script.name < "20261121000012"]
    with postgres.create("old") as owner:
        migrate_project(owner, applied)
    old = Project.of(postgres, "old")
    (first, *_) = await check_store(ward(SUPABASE_URL=old.url, SUPABASE_SERVICE_ROLE_KEY=SECRET_KEY))
    old.close()

    assert first.level is Level.FAILURE
    assert "lacks the migration 20261121000011_lost_carts.sql" in first.words
    assert "supabase db push" in first.mend
