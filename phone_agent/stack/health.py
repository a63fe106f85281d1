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


def http_answers(port: int, path: str = "/") -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def sip_answers(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        phone.settimeout(PATIENCE_S)
        phone.bind((LOOPBACK, 0))
        try:
            phone.connect((LOOPBACK, port))
            phone.send(_options(port, own_port=phone.getsockname()[1]))
            return phone.recv(4096).startswith(b"SIP/2.0 200")
        except OSError:
            return False


def _options(port: int, own_port: int) -> bytes:
    token = uuid4().hex
    lines = (
        f"OPTIONS sip:{LOOPBACK}:{port} SIP/2.0",
        f"Via: SIP/2.0/UDP {LOOPBACK}:{own_port};branch=z9hG4bK{token}",
        f"From: <sip:health@{LOOPBACK}>;tag={token[:8]}",
        f"To: <sip:{LOOPBACK}:{port}>",
        f"Call-ID: {token}@{LOOPBACK}",
        "CSeq: 1 OPTIONS",
        "Max-Forwards: 1",
        "Content-Length: 0",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
