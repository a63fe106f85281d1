"""A telephone without a sound card: dials, speaks, presses keys, records and hangs up."""

import asyncio
import itertools
import re
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from phone_agent.rehearsal.baresip import SILENCE_S, Baresip, Event, Identity, SoftphoneError, free_port
from phone_agent.rehearsal.recording import Recording
from phone_agent.rehearsal.sound import PIECE_S, RATE, as_samples, loud_samples, read_wav, silence, write_wav

RTP_PORTS = "40000-48000"
DIGIT_S = 0.24
START_TRIES = 3
ANSWER_S = 60.0
SWITCH_S = 1.0


class CallEndedError(SoftphoneError):
    """The call is over, or never came about; the message is baresip's reason."""


@dataclass(frozen=True)
class Spoken:
    """When the first and the last loud sample of an utterance were sent, on time.monotonic()."""

    started: float
    finished: float


@dataclass(frozen=True)
class Pressed:
    digit: str
    at: float


class Softphone:
    """One phone for one call."""

    def __init__(self, sip_port: int, home: Path, is_home_ours: bool) -> None:
        self.sip_port = sip_port
        self.home = home
        self.answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.closed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.ringing_at: float | None = None
        self.closed_at: float | None = None
        self.peer: str | None = None
        self.digits_received: list[Pressed] = []
        self._is_home_ours = is_home_ours
        self._baresip: Baresip | None = None
        self._recording: Recording | None = None
        self._upkeep: asyncio.Task[None] | None = None
        self._mouth = asyncio.Lock()
        self._utterances = itertools.count(1)
        self._silent_until = 0.0

    @classmethod
    async def open(
        cls,
        sip_listen_port: int | None = None,
        from_number: str | None = "+14075550142",
        workdir: Path | None = None,
        *,
        answers: bool = False,
        also: tuple[str, ...] = (),
        rtp_ports: str = RTP_PORTS,
    ) -> "Softphone":
        """`from_number` None is a caller who withholds it; `answers` takes an incoming call by itself.

        `also`: other numbers that it is called by.
        """
        if from_number is not None and not re.fullmatch(r"[+\w.-]+", from_number):
            raise SoftphoneError(f"{from_number!r} cannot stand in a SIP address")
        for remaining in reversed(range(START_TRIES)):
            # baresip also takes the next port, for TLS.
            port = sip_listen_port or free_port(neighbours=2)
            home = _folder(workdir)
            phone = cls(port, home, is_home_ours=workdir is None)
            try:
                identity = Identity(from_number, answers, also)
                phone._baresip = await Baresip.open(home, identity, port, rtp_ports, phone._on_event)
                return phone
            except SoftphoneError:
                await phone.close()
                if sip_listen_port or not remaining:
                    raise
        raise AssertionError("unreachable")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def recording(self) -> Recording:
        if self._recording is None:
            raise SoftphoneError("no call, no recording")
        return self._recording

    async def dial(self, sip_uri: str) -> float:
        """Returns when the call was answered; raises CallEndedError where nobody does."""
        await self._command("dial", sip_uri)
        return await self.wait_until_answered()

    async def wait_until_answered(self, timeout_s: float = ANSWER_S) -> float:
        async with asyncio.timeout(timeout_s):
            await asyncio.wait((self.answered, self.closed), return_when=asyncio.FIRST_COMPLETED)
            self._raise_if_closed()
            await self._record()
        return self.answered.result()

    async def play(self, sound: Path | bytes) -> Spoken:
        """Speaks a WAV or PCM of 8 kHz; returns when its last sample was sent. Cancelled, it breaks off."""
        pcm = read_wav(sound) if isinstance(sound, Path) else sound
        loud = loud_samples(pcm)
        if not len(loud):
            raise SoftphoneError("the utterance is silent")
        sent = self.recording.sent
        async with self._mouth:
            try:
                first = await self._speak(pcm)
                await self._until_sent(first + len(pcm) // 2)
            except asyncio.CancelledError:
                await self._fall_silent()
                raise
        return Spoken(sent.time_of(first + int(loud[0])), sent.time_of(first + int(loud[-1])))

    async def press(self, digits: str) -> float:
        """Presses keys one after another as fast as RFC 2833 allows; returns when the first was sent."""
        if not re.fullmatch(r"[0-9*#A-D]+", digits):
            raise SoftphoneError(f"{digits!r} are no keys of a telephone")
        self._raise_if_closed()
        pressed = time.monotonic()
        await self._command("sndcode", digits)
        await self._pause(DIGIT_S * len(digits))
        return pressed

    async def hang_up(self) -> float:
        """Returns when the phone let go."""
        if not self.closed.done():
            await self._command("hangup")
            async with asyncio.timeout(ANSWER_S):
                await asyncio.shield(self.closed)
        return self.closed_at or time.monotonic()

    async def close(self) -> None:
        """Ends call and process; recordings can still be saved."""
        if self._baresip and self.answered.done() and not self.closed.done():
            await asyncio.gather(self.hang_up(), return_exceptions=True)
        if self._upkeep:
            self._upkeep.cancel()
            await asyncio.gather(self._upkeep, return_exceptions=True)
        if self._baresip:
            await self._baresip.close()
        if not self.closed.done():
            self.closed.set_result("closed")
        if self._recording:
            await self._recording.close()
        if self._is_home_ours:
            shutil.rmtree(self.home, ignore_errors=True)

    async def _command(self, name: str, params: str = "") -> None:
        if self._baresip is None:
            raise SoftphoneError("the phone is not open")
        await self._baresip.command(name, params)

    async def _record(self) -> None:
        if self._recording is None:
            self._recording = await Recording.open(self.home)
            self._silent_until = self.answered.result() + SILENCE_S
            self._upkeep = asyncio.create_task(self._stay_on_the_line())

    async def _speak(self, pcm: bytes) -> int:
        """Switches the microphone to this sound; returns which sent sample is its first."""
        before = self.recording.sent.samples
        path = self.home / f"utterance-{next(self._utterances)}.wav"
        write_wav(path, pcm + silence(SILENCE_S))
        await self._switch_to(path, len(pcm) / 2 / RATE)
        path.unlink()
        leading = int(as_samples(pcm).nonzero()[0][0])
        async with asyncio.timeout(SWITCH_S + leading / RATE):
            while True:
                speech = as_samples(bytes(self.recording.sent.pcm[2 * before :])).nonzero()[0]
                if len(speech):
                    return before + int(speech[0]) - leading
                await self._more_sent()

    async def _switch_to(self, path: Path, seconds: float) -> None:
        self._raise_if_closed()
        await self._command("ausrc", f"aufile,{path}")
        self._silent_until = time.monotonic() + seconds + SILENCE_S

    async def _fall_silent(self) -> None:
        if not self.closed.done():
            await self._switch_to(self.home / "silence.wav", 0.0)
            await asyncio.sleep(2 * PIECE_S)
            self.recording.read()

    async def _until_sent(self, samples: int) -> None:
        while self.recording.sent.samples < samples:
            await self._more_sent()

    async def _more_sent(self) -> None:
        self._raise_if_closed()
        await self.recording.grown()

    async def _stay_on_the_line(self) -> None:
        # baresip hangs up where its sound file ends.
        while not self.closed.done():
            await asyncio.sleep(SILENCE_S / 6)
            runs_out = self._silent_until - time.monotonic() < SILENCE_S / 2
            if runs_out and not self._mouth.locked() and not self.closed.done():
                async with self._mouth:
                    await self._switch_to(self.home / "silence.wav", 0.0)

    async def _pause(self, seconds: float) -> None:
        await asyncio.wait((self.closed,), timeout=seconds)

    def _raise_if_closed(self) -> None:
        if self.closed.done():
            raise CallEndedError(self.closed.result())

    def _on_event(self, event: Event) -> None:
        now = time.monotonic()
        self.peer = event.get("peeruri", self.peer)
        match event["type"]:
            case "CALL_RINGING" | "CALL_PROGRESS":
                self.ringing_at = self.ringing_at or now
            case "CALL_ESTABLISHED" if not self.answered.done():
                self.answered.set_result(now)
            case "CALL_DTMF_START":
                self.digits_received.append(Pressed(event["param"], now))
            case "CALL_CLOSED" | "EXIT" if not self.closed.done():
                self.closed_at = now
                self.closed.set_result(event.get("param", ""))
                if self._recording:
                    self._recording.wake()


def _folder(workdir: Path | None) -> Path:
    if workdir is not None:
        workdir.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="phone-", dir=workdir))
