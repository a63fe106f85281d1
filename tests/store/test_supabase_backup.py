"""The commands of docs/operating.md keep a Supabase project's rows, and put them into a new project."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.store.look import look_at_supabase
from phone_agent.store.supabase import SupabaseStore
from tests.postgrest.gateway import SECRET_KEY
from tests.postgrest.programs import postgres_program
from tests.postgrest.project import Project
from tests.postgrest.servers import Postgres
from tests.store.conftest import PATIENCE

pytestmark = pytest.mark.postgrest

OPERATING = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
DUMP, RESTORE = (re.findall(rf"^{program} .+$", OPERATING, re.M)[0] for program in ("pg_dump", "psql"))


def run_in_shell(command: str, database_url: str, folder: Path) -> None:
    programs = f"{Path(postgres_program('pg_dump')).parent}:{os.environ['PATH']}"
    env = {**os.environ, "DATABASE_URL": database_url, "PATH": programs}
    subprocess.run(["bash", "-c", command], env=env, cwd=folder, check=True, capture_output=True)


async def test_what_was_dumped_is_in_the_new_project(
    supabase: SupabaseStore, project: Project, postgres: Postgres, menu: Menu, tmp_path: Path
) -> None:
    await supabase.save_pin("+14075550142", "a hash")
    before = await look_at_supabase(project.url, SECRET_KEY)
    run_in_shell(DUMP, f"postgresql://postgres@/project?host={postgres.folder}", tmp_path)
    new = Project.create(postgres, "put_back")
    run_in_shell(RESTORE, f"postgresql://postgres@/put_back?host={postgres.folder}", tmp_path)
    after = await look_at_supabase(new.url, SECRET_KEY)
    store = await SupabaseStore.open(new.url, SECRET_KEY, **PATIENCE)
    found, has_pin = await store.load_menu(), await store.has_pin("+14075550142")
    await store.close()
    new.close()

    assert after.tables == before.tables
    assert sum(before.tables.values()) > 5
    assert [place.name for place in found.restaurants] == [place.name for place in menu.restaurants]
    assert has_pin
