"""Whether each server answers, asked in its own protocol."""

from __future__ import annotations

import http.client
import socket
from uuid import uuid4

PATIENCE_S = 0.5
LOOPBACK = "127.0.0.1"


def redis_answers(port: int) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=PATIENCE_S) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def http_answers(port: int, path: str = "/", host: str = LOOPBACK) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def sip_answers(port: int, host: str = LOOPBACK) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        phone.settimeout(PATIENCE_S)
        try:
            phone.connect((host, port))
            phone.send(_options(host, port, phone.getsockname()))
            return phone.recv(4096).startswith(b"SIP/2.0 200")
        except OSError:
            return False


def _options(host: str, port: int, own: tuple[str, int]) -> bytes:
    token = uuid4().hex
    lines = (
        f"OPTIONS sip:{host}:{port} SIP/2.0",
        f"Via: SIP/2.0/UDP {own[0]}:{own[1]};branch=z9hG4bK{token}",
        f"From: <sip:health@{own[0]}>;tag={token[:8]}",
        f"To: <sip:{host}:{port}>",
        f"Call-ID: {token}@{own[0]}",
        "CSeq: 1 OPTIONS",
        "Max-Forwards: 1",
        "Content-Length: 0",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
