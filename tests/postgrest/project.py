"""A Supabase project: a database with our migrations, its data API, and the superuser's way in."""

from __future__ import annotations

from typing import Any, Self

import psycopg

from tests.postgrest.gateway import Gateway
from tests.postgrest.servers import Postgres, migrate

Parameters = list[object] | tuple[object, ...]


class Project:
    def __init__(self, gateway: Gateway, connection: psycopg.Connection[Any]) -> None:
        self.gateway = gateway
        self.connection = connection

    @classmethod
    def create(cls, postgres: Postgres, name: str) -> Self:
        with postgres.create(name) as owner:
            migrate(owner)
        return cls.of(postgres, name)

    @classmethod
    def of(cls, postgres: Postgres, database: str) -> Self:
        return cls(postgres.serve(database), postgres.connect(database))

    @property
    def url(self) -> str:
        return self.gateway.url

    def sql(self, statement: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """As the superuser."""
        found = self.connection.execute(statement, parameters)
        return found.fetchall() if found.description else []

    def close(self) -> None:
        self.connection.close()

    def empty(self) -> None:
        """Row by row: truncating some twenty tables takes longer than most tests."""
        tables = self.sql(
            "select tablename from pg_tables where schemaname = 'public' and tablename <> 'fc_menu_version'"
        )
        deletions = "; ".join(f"delete from {table}" for (table,) in tables)
        self.sql(f"set session_replication_role = replica; {deletions}; set session_replication_role = origin")
        self.gateway.forget()
