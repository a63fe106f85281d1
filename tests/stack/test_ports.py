"""Ports are chosen so that nobody collides, and configurations filled so that nothing stays open."""

from __future__ import annotations

import fcntl
import socket
from pathlib import Path

import pytest

from phone_agent.stack import StackError
from phone_agent.stack.configs import TEMPLATES, new_secret, write_configs
from phone_agent.stack.ports import Ports, choose_ports, choosing, free_port, is_free

PORTS = Ports(redis=1, livekit=2, media=3, sip=4, rtp_guard=10000)


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM], ids=["TCP", "UDP"])
@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_somebody_has_is_not_free(kind: socket.SocketKind, address: str) -> None:
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind((address, 0))
        port = taken.getsockname()[1]
        if kind == socket.SOCK_STREAM:
            taken.listen()

        assert not is_free(port)
    assert is_free(port)


def test_ports_give_way_to_whoever_has_them() -> None:
    first = choose_ports()
    with socket.socket() as sip, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as rtp:
        sip.bind(("127.0.0.1", first.sip))
        sip.listen()
        rtp.bind(("127.0.0.1", first.rtp_guard))
        second = choose_ports()

    assert second.sip > first.sip
    assert second.rtp_guard > int(first.rtp.split("-")[1])


def test_no_two_servers_of_a_stack_share_a_port() -> None:
    demanded = free_port()
    ports = choose_ports(livekit_port=demanded)

    assert ports.livekit == demanded
    assert len(set(vars(ports).values())) == len(vars(ports))


def test_only_one_stack_chooses_at_a_time(tmp_path: Path) -> None:
    lock = tmp_path / "ports.lock"
    with choosing(lock), lock.open("w") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_configs_are_filled_and_only_for_their_owner(tmp_path: Path) -> None:
    secret = new_secret()
    written = write_configs(tmp_path, PORTS, "key", secret)

    assert len(secret) == 40
    assert f"key: {secret}" in written["livekit.yaml"].read_text()
    for path in written.values():
        assert "${" not in path.read_text()
        assert path.stat().st_mode & 0o077 == 0


def test_a_placeholder_that_nobody_fills_is_named(tmp_path: Path) -> None:
    for name in TEMPLATES:
        (tmp_path / name).write_text("port: ${PROT}")

    with pytest.raises(StackError, match=r"PROT.*REDIS_PORT"):
        write_configs(tmp_path, PORTS, "key", "secret", templates=tmp_path)
