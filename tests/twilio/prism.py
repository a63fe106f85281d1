"""prism as a proxy: a request or an answer that Twilio's OpenAPI files do not allow becomes an error."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

from tests.twilio.openapi import MODULES, joined

PROGRAM = MODULES / "@stoplight" / "prism-cli" / "dist" / "index.js"
STARTING_S = 60.0


class Prism:
    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self.url = f"http://127.0.0.1:{port}"

    @classmethod
    def start(cls, upstream: str, folder: Path) -> Self:
        if not PROGRAM.exists():
            raise FileNotFoundError(f"{PROGRAM} is not there: run `scripts/setup tests`.")
        document, log = folder / "twilio.json", folder / "prism.log"
        document.write_text(json.dumps(joined()))
        port = _free_port()
        options = ["--errors", "--host", "127.0.0.1", "--port", str(port), "--verboseLevel", "warn"]
        with log.open("wb") as out:
            process = subprocess.Popen(
                ["node", str(PROGRAM), "proxy", str(document), upstream, *options], stdout=out, stderr=out
            )
        prism = cls(process, port)
        try:
            prism._wait(port, log)
        except BaseException:
            prism.stop()
            raise
        return prism

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def _wait(self, port: int, log: Path) -> None:
        until = time.monotonic() + STARTING_S
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"prism did not start: {log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
