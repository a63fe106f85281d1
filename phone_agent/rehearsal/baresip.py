"""One baresip process: its folder, its ports, its control socket."""

import asyncio
import itertools
import json
import shutil
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from phone_agent.rehearsal.sound import silence, write_wav

SILENCE_S = 60.0
READY_S = 5.0
MODULE_FOLDERS = (
    "/usr/lib/baresip/modules",
    "/usr/lib64/baresip/modules",
    "/usr/local/lib/baresip/modules",
    "/opt/homebrew/lib/baresip/modules",
)
CONFIG = """\
poll_method {poll}
sip_listen 127.0.0.1:{sip_port}
ctrl_tcp_listen 127.0.0.1:{control_port}
net_interface 127.0.0.1
rtp_ports {rtp_ports}
audio_source aufile,{home}/silence.wav
audio_alert none
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
jitter_buffer_delay 0-0
call_max_calls 1
snd_path {home}
module_path {modules}
module g711.so
module aufile.so
module sndfile.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
"""

Event = Mapping[str, str]


class SoftphoneError(Exception):
    """The softphone could not do what it was told."""


@dataclass(frozen=True)
class Identity:
    """Who the phone says is calling; no number is a withheld one."""

    number: str | None
    answers: bool = False
    also: tuple[str, ...] = ()
    """Other numbers that this phone is called by; the first is the one it calls from."""

    def account(self) -> str:
        mode = ";answermode=auto" if self.answers else ""
        address = f"{self.number}@127.0.0.1" if self.number else "anonymous@anonymous.invalid"
        addresses = [address, *(f"{number}@127.0.0.1" for number in self.also)]
        return "".join(f"<sip:{one}>;regint=0;audio_codecs=PCMU,PCMA{mode}\n" for one in addresses)


def free_port(neighbours: int = 1) -> int:
    """A port that is free over TCP and UDP, together with the ones right after it."""
    for _ in range(100):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if all(_is_free(port + further) for further in range(neighbours)):
            return port
    raise SoftphoneError("no free port on 127.0.0.1")


def _is_free(port: int) -> bool:
    try:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            with socket.socket(type=kind) as probe:
                probe.bind(("127.0.0.1", port))
    except (OSError, OverflowError):
        return False
    return True


class Baresip:
    def __init__(self, process: asyncio.subprocess.Process, home: Path, on_event: Callable[[Event], None]) -> None:
        self.process = process
        self.home = home
        self._on_event = on_event
        self._replies: dict[str, asyncio.Future[str]] = {}
        self._tokens = itertools.count(1)
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls, home: Path, identity: Identity, sip_port: int, rtp_ports: str, on_event: Callable[[Event], None]
    ) -> "Baresip":
        control_port = free_port()
        _furnish(home, identity, sip_port, control_port, rtp_ports)
        with (home / "baresip.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *_program(), "-f", str(home), stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
            )
        phone = cls(process, home, on_event)
        try:
            await phone._connect(control_port)
        except BaseException:
            await phone.close()
            raise
        return phone

    async def command(self, name: str, params: str = "") -> str:
        if self._writer is None:
            raise SoftphoneError("baresip has ended")
        token = str(next(self._tokens))
        reply = self._replies[token] = asyncio.get_running_loop().create_future()
        body = json.dumps({"command": name, "params": params, "token": token}).encode()
        self._writer.write(b"%d:%s," % (len(body), body))
        try:
            async with asyncio.timeout(READY_S):
                data: str = await reply
                return data
        finally:
            del self._replies[token]

    async def close(self) -> None:
        if self._reading:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        if self._writer:
            self._writer.close()
            self._writer = None
        if self.process.returncode is None:
            self.process.terminate()
        try:
            async with asyncio.timeout(READY_S):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()

    async def _connect(self, port: int) -> None:
        deadline = asyncio.get_running_loop().time() + READY_S
        while True:
            try:
                reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
                break
            except OSError as refused:
                late = asyncio.get_running_loop().time() > deadline
                if late or self.process.returncode is not None:
                    raise SoftphoneError(f"baresip did not start:\n{self._log_end()}") from refused
                await asyncio.sleep(0.01)
        self._reading = asyncio.create_task(self._read(reader))

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                length = await reader.readuntil(b":")
                body = await reader.readexactly(int(length[:-1]) + 1)
                self._take(json.loads(body[:-1]))
        except (asyncio.IncompleteReadError, ConnectionError):
            self._on_event({"type": "EXIT", "param": "baresip has ended"})
            for reply in self._replies.values():
                if not reply.done():
                    reply.set_exception(SoftphoneError("baresip has ended"))

    def _take(self, message: dict[str, str]) -> None:
        if message.get("event"):
            self._on_event(message)
            return
        reply = self._replies.get(message.get("token", ""))
        if reply is None or reply.done():
            return
        if message["ok"]:
            reply.set_result(message.get("data", ""))
        else:
            reply.set_exception(SoftphoneError(f"baresip refused: {message.get('data', '').strip()}"))

    def _log_end(self) -> str:
        log = self.home / "baresip.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-8:])


def _program() -> list[str]:
    """The command; where setpriv exists, the phone dies with the process that opened it."""
    if not shutil.which("baresip"):
        raise SoftphoneError("baresip is not installed (Debian: apt install baresip-core)")
    guard = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return [*guard, "baresip"]


def _furnish(home: Path, identity: Identity, sip_port: int, control_port: int, rtp_ports: str) -> None:
    modules = next((folder for folder in MODULE_FOLDERS if Path(folder).is_dir()), None)
    modules = modules or next((str(found) for found in Path("/usr/lib").glob("*/baresip/modules")), MODULE_FOLDERS[0])
    config = CONFIG.format(
        poll="epoll" if Path("/proc").is_dir() else "kqueue",
        sip_port=sip_port,
        control_port=control_port,
        rtp_ports=rtp_ports,
        home=home,
        modules=modules,
    )
    home.mkdir(parents=True, exist_ok=True)
    (home / "config").write_text(config)
    (home / "accounts").write_text(identity.account())
    (home / "contacts").write_text("")
    write_wav(home / "silence.wav", silence(SILENCE_S))
