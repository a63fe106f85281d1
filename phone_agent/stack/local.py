"""LocalStack: Redis, LiveKit's server and its SIP bridge on this machine, as one thing that starts and stops."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from phone_agent.stack import health
from phone_agent.stack.configs import REPO, new_secret, write_configs, write_private
from phone_agent.stack.control import Control, started_at
from phone_agent.stack.daemon import STATE, running
from phone_agent.stack.errors import AlreadyRunningError, MissingProgramError, ServerFailedError
from phone_agent.stack.ports import LOOPBACK, WEB_PORT, Ports, choose_ports, choosing, host_in_url, reached_at

BIN = REPO / ".run" / "bin"
API_KEY = "phoneagent"
STARTING_S = 20.0
WEB_STARTING_S = 60.0
"""Nearly all of it is imports, which a busy machine takes its time for."""
WEBHOOK = "/api/livekit/webhook"
POLL_S = 0.05


class LocalStack:
    """Loopback only, but for SIP where that is wanted.

    Everything that runs in it ends with stop(), or when this process ends in any way.
    """

    def __init__(self, run_dir: Path, number: str, ports: Ports, control: Control) -> None:
        self.run_dir = run_dir
        self.number = number
        self.ports = ports
        self.api_key = API_KEY
        self.api_secret = new_secret()
        self.web_url: str | None = None
        """Where the page is served; None: nowhere."""
        self._control = control

    @classmethod
    def start(
        cls,
        run_dir: Path,
        *,
        number: str = "+14075550100",
        livekit_port: int | None = None,
        sip_port: int | None = None,
        web_port: int = WEB_PORT,
        web_env: Mapping[str, str] | None = None,
        web_host: str = LOOPBACK,
        sip_host: str = LOOPBACK,
        bin_dir: Path = BIN,
    ) -> Self:
        """Returns when all answer. A port given by number is that one or an error, but the page's gives way.

        `web_env`: what the page's server sees, beside what points it at this stack; None: no page. `web_host`: where it
        listens.
        """
        run_dir = run_dir.resolve()
        programs = {name: _program(name, bin_dir) for name in ("redis-server", "livekit-server", "livekit-sip")}
        with choosing():
            if (other := running(run_dir)) is not None:
                raise AlreadyRunningError(run_dir, other.supervisor_pid)
            logs = _empty_logs(run_dir)
            ports = replace(choose_ports(livekit_port, sip_port, web_port), sip_host=sip_host)
            stack = cls(run_dir, number, ports, Control(logs / "supervisor.log"))
            try:
                if web_env is not None:
                    stack._begin_web(web_env, web_host)
                stack._start_servers(programs)
                if web_env is not None:
                    stack._wait_until("web", partial(_page_answers, web_host, ports.web), WEB_STARTING_S)
            except BaseException:
                stack.stop()
                raise
        return stack

    @property
    def sip_port(self) -> int:
        return self.ports.sip

    @property
    def redis_port(self) -> int:
        return self.ports.redis

    @property
    def sip_uri(self) -> str:
        return f"sip:{self.number}@{self.ports.sip_host}:{self.ports.sip}"

    @property
    def livekit_url(self) -> str:
        return f"ws://127.0.0.1:{self.ports.livekit}"

    @property
    def livekit_env(self) -> dict[str, str]:
        """The three variables that point any LiveKit program at this stack."""
        return {
            "LIVEKIT_URL": self.livekit_url,
            "LIVEKIT_API_KEY": self.api_key,
            "LIVEKIT_API_SECRET": self.api_secret,
        }

    @property
    def supervisor_pid(self) -> int:
        return self._control.pid

    @property
    def pids(self) -> dict[str, int]:
        return dict(self._control.pids)

    def log_path(self, name: str) -> Path:
        return self.run_dir / "logs" / f"{name}.log"

    def run(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        ready: Callable[[], bool] = lambda: True,
        timeout_s: float = STARTING_S,
        stop_signal: signal.Signals = signal.SIGTERM,
        patience_s: float = 5.0,
    ) -> int:
        """Runs one more process under the same care, its output in logs/NAME.log; returns its number when ready."""
        pid = self._control.run(
            name,
            command,
            env=os.environ if env is None else env,
            cwd=REPO,
            log=self.log_path(name),
            stop_signal=stop_signal,
            patience_s=patience_s,
        )
        self._wait_until(name, ready, timeout_s)
        self._write_state()
        return pid

    def end(self, name: str) -> None:
        """Stops one process of the stack."""
        self._control.stop(name)
        self._write_state()

    def check(self) -> None:
        """Raises ServerFailedError for the first process that has ended of itself."""
        for name, status in self._control.exited().items():
            raise ServerFailedError(name, f"ended with status {status}", self.log_path(name))

    def detach(self) -> None:
        """Leaves everything running after this process; daemon.down() stops it."""
        self._control.detach()

    def stop(self) -> None:
        self._control.close()
        (self.run_dir / STATE).unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _start_servers(self, programs: Mapping[str, str]) -> None:
        webhook = self.web_url + WEBHOOK if self.web_url else ""
        config = write_configs(self.run_dir, self.ports, self.api_key, self.api_secret, webhook=webhook)
        self._control.hold(self.ports.rtp_guard)
        # LiveKit's servers read settings from the environment too: they get none of ours.
        env = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        ports = self.ports
        self.run(
            "redis",
            [programs["redis-server"], str(config["redis.conf"])],
            env=env,
            ready=lambda: health.redis_answers(ports.redis),
        )
        self.run(
            "livekit-server",
            [programs["livekit-server"], "--config", str(config["livekit.yaml"])],
            env=env,
            ready=lambda: health.http_answers(ports.livekit),
            patience_s=2.0,
        )
        # Of its stop signals SIGINT ends running calls at once, SIGTERM waits for them.
        self.run(
            "livekit-sip",
            [programs["livekit-sip"], "--config", str(config["sip.yaml"])],
            env=env,
            ready=lambda: health.sip_answers(ports.sip, ports.sip_host),
            stop_signal=signal.SIGINT,
        )

    def _begin_web(self, env: Mapping[str, str], host: str) -> None:
        """Not waited for: it is there sooner than the servers, and needs none of them to start."""
        self.web_url = f"http://{host_in_url(reached_at(host))}:{self.ports.web}"
        own = {"PHONE_AGENT_WEB_HOST": host, "PHONE_AGENT_WEB_PORT": str(self.ports.web)}
        self.run("web", [sys.executable, "-m", "phone_agent.web"], env={**env, **self.livekit_env, **own})

    def _wait_until(self, name: str, ready: Callable[[], bool], timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        while name not in self._control.exited():
            if ready():
                return
            if time.monotonic() > deadline:
                raise ServerFailedError(name, f"did not answer within {timeout_s:.0f} s", self.log_path(name))
            time.sleep(POLL_S)
        raise ServerFailedError(name, f"ended with status {self._control.exited()[name]}", self.log_path(name))

    def _write_state(self) -> None:
        servers = {
            name: {"pid": pid, "started": started_at(pid), "log": str(self.log_path(name))}
            for name, pid in self._control.pids.items()
        }
        state = {
            "sip_uri": self.sip_uri,
            "livekit_url": self.livekit_url,
            "api_key": self.api_key,
            "api_secret": self.api_secret,
            "number": self.number,
            "web_url": self.web_url,
            "supervisor": {"pid": self.supervisor_pid, "started": started_at(self.supervisor_pid)},
            "servers": servers,
        }
        write_private(self.run_dir / STATE, json.dumps(state, indent=2) + "\n")


def _page_answers(host: str, port: int) -> bool:
    return health.http_answers(port, "/openapi.json", reached_at(host))


def _empty_logs(run_dir: Path) -> Path:
    logs = run_dir / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    for old in logs.glob("*.log"):
        old.unlink()
    return logs


def _program(name: str, bin_dir: Path) -> str:
    built = bin_dir / name
    found = str(built) if built.exists() else shutil.which(name)
    if found is None:
        raise MissingProgramError(name)
    return found
