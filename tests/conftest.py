"""A Supabase project for whoever asks for one; and how many examples each property is tried with.

`make check` takes few, `make test` takes all.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.postgrest.project import Project
from tests.postgrest.servers import Postgres

STORES = ["sqlite", pytest.param("supabase", marks=pytest.mark.stack)]

settings.register_profile("all", deadline=None)
settings.register_profile("few", deadline=None, max_examples=20)
settings.load_profile("all")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def served(postgres: Postgres) -> Iterator[Project]:
    project = Project.create(postgres, "project")
    yield project
    project.close()


@pytest.fixture
def project(served: Project) -> Project:
    """A migrated Supabase project without rows."""
    served.empty()
    return served
