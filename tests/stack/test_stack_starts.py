"""The local servers start, tell what is wrong, keep out of each other's way and leave nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from phone_agent.stack import AlreadyRunningError, LocalStack, PortTakenError, ServerFailedError, down, running
from phone_agent.stack.health import http_answers, redis_answers, sip_answers

pytestmark = pytest.mark.stack

OWNER = """
import sys, time
from pathlib import Path
from phone_agent.stack import LocalStack
stack = LocalStack.start(Path(sys.argv[1]))
log = stack.log_path("parent")
stack.run("parent", ["sh", "-c", "sleep 1000 & echo forked; wait"], ready=lambda: "forked" in log.read_text())
if sys.argv[2] == "leave":
    stack.detach()
else:
    print("up", flush=True)
    time.sleep(1000)
"""


@contextmanager
def owner_of_a_stack(run_dir: Path, *, wait: bool = True) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", OWNER, str(run_dir), "stay"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as owner:
        assert owner.stdout is not None
        assert not wait or owner.stdout.readline() == "up\n"
        yield owner
        owner.kill()


def processes_of(run_dir: Path) -> list[psutil.Process]:
    """The supervisor and all that descend from it."""
    supervisor = psutil.Process(json.loads((run_dir / "stack.json").read_text())["supervisor"]["pid"])
    return [supervisor, *supervisor.children(recursive=True)]


def all_gone(processes: list[psutil.Process], within_s: float = 15) -> bool:
    return not psutil.wait_procs(processes, timeout=within_s)[1]


def test_all_three_servers_answer(stack: LocalStack) -> None:
    assert redis_answers(stack.redis_port)
    assert http_answers(stack.ports.livekit)
    assert sip_answers(stack.sip_port)


def test_servers_listen_on_loopback_only(stack: LocalStack) -> None:
    bound = [c.laddr.ip for pid in stack.pids.values() for c in psutil.Process(pid).net_connections() if not c.raddr]

    assert set(bound) == {"127.0.0.1"}


def test_state_file_names_everything_and_is_private(stack: LocalStack) -> None:
    path = stack.run_dir / "stack.json"
    state = json.loads(path.read_text())

    assert state["sip_uri"] == f"sip:+14075550100@127.0.0.1:{stack.sip_port}"
    assert state["livekit_url"] == stack.livekit_url
    assert len(state["api_secret"]) == 40
    assert set(state["servers"]) == {"redis", "livekit-server", "livekit-sip"}
    assert path.stat().st_mode & 0o077 == 0


BOUND = {"redis", "livekit", "media", "sip", "rtp_guard"}


def test_two_stacks_run_at_once_and_the_first_stays(stack: LocalStack, tmp_path: Path) -> None:
    with LocalStack.start(tmp_path) as second:
        # Neither has a page, so that both may mean to have its port.
        ports = [number for each in (stack, second) for name, number in vars(each.ports).items() if name in BOUND]
        both_answer = sip_answers(stack.sip_port) and sip_answers(second.sip_port)

    assert len(set(ports)) == len(ports) == 2 * len(BOUND)
    assert both_answer
    assert sip_answers(stack.sip_port)


def test_two_stacks_that_start_at_the_same_moment_do_not_collide(tmp_path: Path) -> None:
    with owner_of_a_stack(tmp_path / "a", wait=False) as one, owner_of_a_stack(tmp_path / "b", wait=False) as two:
        said = [owner.stdout.readline() for owner in (one, two) if owner.stdout]
        uris = {json.loads((tmp_path / name / "stack.json").read_text())["sip_uri"] for name in "ab"}

    assert said == ["up\n", "up\n"]
    assert len(uris) == 2


def test_one_run_directory_holds_one_stack(stack: LocalStack) -> None:
    with pytest.raises(AlreadyRunningError, match=f"process {stack.supervisor_pid}.*make down"):
        LocalStack.start(stack.run_dir)

    stack.check()


def test_a_demanded_port_that_is_taken_is_named_with_its_holder(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(PortTakenError, match=rf"SIP cannot have port {port}: .*process {os.getpid()}"):
            LocalStack.start(tmp_path, sip_port=port)


def test_a_server_that_fails_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    broken = tmp_path / "bin"
    broken.mkdir()
    (broken / "livekit-server").write_text("#!/bin/sh\necho the licence of the moon has run out\nexit 3\n")
    (broken / "livekit-server").chmod(0o755)
    (broken / "livekit-sip").symlink_to("/bin/true")
    before = psutil.Process().children(recursive=True)

    with pytest.raises(ServerFailedError, match="livekit-server ended with status 3") as failure:
        LocalStack.start(tmp_path / "run", bin_dir=broken)

    assert "the licence of the moon has run out" in str(failure.value)
    assert psutil.Process().children(recursive=True) == before


def test_a_server_that_dies_later_is_reported(tmp_path: Path) -> None:
    with LocalStack.start(tmp_path) as stack:
        os.kill(stack.pids["livekit-sip"], signal.SIGKILL)
        psutil.wait_procs([psutil.Process(stack.pids["livekit-sip"])], timeout=5)

        with pytest.raises(ServerFailedError, match="livekit-sip ended with status -9"):
            stack.check()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
def test_no_process_is_left_when_the_owner_is_ended(tmp_path: Path, how: signal.Signals) -> None:
    with owner_of_a_stack(tmp_path) as owner:
        processes = processes_of(tmp_path)
        owner.send_signal(how)

        assert len(processes) >= 7
        assert all_gone(processes)


def test_no_process_is_left_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    with LocalStack.start(tmp_path) as stack:
        log = stack.log_path("parent")
        stack.run("parent", ["sh", "-c", "sleep 1000 & echo forked; wait"], ready=lambda: "forked" in log.read_text())
        processes = processes_of(tmp_path)
        os.kill(stack.supervisor_pid, signal.SIGKILL)
        servers = [p for p in processes if p.pid in stack.pids.values()]

        assert all_gone(servers)

    assert len(processes) >= 7
    assert all_gone(processes)


def test_no_process_is_left_when_owner_and_supervisor_are_killed_at_once(tmp_path: Path) -> None:
    with owner_of_a_stack(tmp_path) as owner:
        processes = processes_of(tmp_path)
        for pid in (owner.pid, processes[0].pid):
            os.kill(pid, signal.SIGKILL)

        assert len(processes) >= 7
        assert all_gone(processes)


def test_a_detached_stack_stays_until_it_is_put_down(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", OWNER, str(tmp_path), "leave"], check=True, timeout=60)
    found = running(tmp_path)
    processes = processes_of(tmp_path)
    answered = sip_answers(int(found.sip_uri.rsplit(":", 1)[1])) if found else False
    stopped = down(tmp_path)

    assert answered
    assert stopped
    assert all_gone(processes)
    assert not down(tmp_path)


def test_who_detached_a_stack_can_still_stop_it(tmp_path: Path) -> None:
    stack = LocalStack.start(tmp_path)
    processes = processes_of(tmp_path)
    stack.detach()
    stack.stop()

    assert all_gone(processes, within_s=5)
    assert running(tmp_path) is None


def test_down_leaves_a_stranger_with_the_recorded_number_alone(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "1000"]) as stranger:
        entry = {"pid": stranger.pid, "started": 1.0}
        (tmp_path / "stack.json").write_text(json.dumps({"supervisor": entry, "servers": {"redis": entry}}))
        stopped = down(tmp_path)
        alive = stranger.poll() is None
        stranger.kill()

    assert not stopped
    assert alive


def test_stopping_one_process_leaves_the_others(stack: LocalStack) -> None:
    pid = stack.run("extra", ["sleep", "1000"])
    sleeper = psutil.Process(pid)
    stack.end("extra")

    assert all_gone([sleeper], within_s=1)
    stack.check()


def test_a_stubborn_process_is_killed_after_its_patience(stack: LocalStack) -> None:
    ready: Callable[[], bool] = lambda: "deaf" in stack.log_path("stubborn").read_text()  # noqa: E731
    stack.run("stubborn", ["sh", "-c", "trap '' TERM; echo deaf; sleep 1000"], ready=ready, patience_s=0.2)
    began = time.monotonic()
    stack.end("stubborn")

    assert time.monotonic() - began < 3
