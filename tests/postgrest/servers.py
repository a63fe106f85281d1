"""A PostgreSQL of the tests' own, with PostgREST in front of its databases: what a Supabase project is made of."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import psycopg

from tests.postgrest.gateway import JWT_SECRET, Gateway
from tests.postgrest.programs import REPO, guarded, identity, postgres_program, postgrest_program

MIGRATIONS = sorted((REPO / "supabase" / "migrations").glob("*.sql"))
ROLES = """
create role anon nologin;
create role authenticated nologin;
create role service_role nologin bypassrls;
create role authenticator login noinherit;
create role project_owner login bypassrls;
grant anon, authenticated, service_role to authenticator;
"""
RIGHTS = """
grant usage on schema public to anon, authenticated, service_role;
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
"""
"""As Supabase sets up every project: what is not taken away again, anon may."""
CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=90"]
"""Nothing here has to survive the machine."""
START_S = 30.0


class Postgres:
    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="phone-agent-pg-"))
        self._processes: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []
        self._gateways: list[Gateway] = []

    @classmethod
    def start(cls) -> Self:
        server = cls()
        try:
            server._start()
        except BaseException:
            server.stop()
            raise
        return server

    def _start(self) -> None:
        if owner := identity():
            os.chown(self.folder, owner["user"], owner["group"])
        data = str(self.folder / "data")
        initdb = [postgres_program("initdb"), "-D", data, "-U", "postgres", "--auth=trust", "--no-sync"]
        made = subprocess.run([*initdb, "--encoding=UTF8", "--locale=C.UTF-8"], cwd=self.folder, capture_output=True,
                              text=True, check=False, **identity())  # fmt: skip
        if made.returncode:
            raise RuntimeError(made.stderr)
        options = [word for option in CARELESS for word in ("-c", option)]
        self._run([postgres_program("postgres"), "-D", data, "-k", str(self.folder), *options], signal.SIGQUIT)
        self._wait(lambda: self.connect("postgres").close(), psycopg.OperationalError)
        with self.connect("postgres") as connection:
            connection.execute(ROLES)

    def connect(self, database: str, user: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), dbname=database, user=user, autocommit=True)

    def create(self, database: str) -> psycopg.Connection[Any]:
        """As who applies migrations to a Supabase project: the owner, who is no superuser."""
        with self.connect("postgres") as connection:
            connection.execute(f"create database {database} owner project_owner")
        with self.connect(database) as connection:
            connection.execute("alter schema public owner to project_owner")
        owner = self.connect(database, "project_owner")
        owner.execute(RIGHTS)
        return owner

    def serve(self, database: str) -> Gateway:
        """The data API of a database, as a Supabase project has it."""
        socket = self.folder / f"{database}.sock"
        env = {
            "PGRST_DB_URI": f"postgresql://authenticator@/{database}?host={self.folder}",
            "PGRST_DB_SCHEMAS": "public",
            "PGRST_DB_ANON_ROLE": "anon",
            "PGRST_DB_MAX_ROWS": "1000",
            "PGRST_JWT_SECRET": JWT_SECRET,
            "PGRST_SERVER_UNIX_SOCKET": str(socket),
            "PGRST_SERVER_UNIX_SOCKET_MODE": "666",
            "PGRST_LOG_LEVEL": "error",
        }
        self._run([postgrest_program()], signal.SIGTERM, env)
        gateway = Gateway.start(socket)
        self._gateways.append(gateway)
        self._wait(gateway.check, ConnectionError)
        return gateway

    def stop(self) -> None:
        for gateway in self._gateways:
            gateway.stop()
        for process, ending in reversed(self._processes):
            process.send_signal(ending)
            process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command: list[str], ending: signal.Signals, env: dict[str, str] | None = None) -> None:
        with (self.folder / "log").open("ab") as log:
            # A group of its own: Ctrl-C is for the tests, which then stop everything in order.
            process = subprocess.Popen(guarded(command, ending.name), cwd=self.folder, env=env, stdout=log,
                                       stderr=log, start_new_session=True, **identity())  # fmt: skip
        self._processes.append((process, ending))

    def _wait(self, attempt: Callable[[], object], until_not: type[Exception]) -> None:
        give_up_at = time.monotonic() + START_S
        while True:
            try:
                attempt()
                return
            except until_not as error:
                if time.monotonic() > give_up_at or self._processes[-1][0].poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from error
                time.sleep(0.02)


def migrate(connection: psycopg.Connection[Any], scripts: list[Path] = MIGRATIONS) -> None:
    """Each file in one transaction, as `supabase db push` does."""
    for script in scripts:
        with connection.transaction():
            connection.execute(script.read_text(encoding="utf-8"))
