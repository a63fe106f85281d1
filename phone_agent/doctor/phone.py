"""A telephone of one call over UDP: asks OPTIONS, rings, answers a challenge, and hangs up whatever came of it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Self

from sipmessage import URI, Address, CSeq, MediaType, Message, Parameters, Request, Response, Via

from phone_agent.doctor.digest import answer_to

AGAIN_AFTER_S = 0.5
FIRST_ANSWER_S = 3.0
"""A service that has said nothing by then is not there."""
GOODBYE_S = 1.0
RINGING, SESSION, ANSWERED, REFUSED, CHALLENGES = 180, 183, 200, 300, (401, 407)


@dataclass
class Ring:
    """What came of ringing."""

    statuses: list[int] = field(default_factory=list)
    media: tuple[str, int] | None = None
    """Where the other side wants sound to be sent, once it has answered."""
    was_asked: bool = False
    """Whether it wanted to know who rings."""

    @property
    def status(self) -> int:
        """The last one; 0: there was no answer at all."""
        return self.statuses[-1] if self.statuses else 0

    @property
    def is_answered(self) -> bool:
        return ANSWERED <= self.status < REFUSED


class Phone(asyncio.DatagramProtocol):
    def __init__(self, host: str, port: int, number: str) -> None:
        self._server = (host, port)
        self._number = number
        self._came: asyncio.Queue[Response] = asyncio.Queue()
        self._transport: asyncio.DatagramTransport | None = None
        self._call_id, self._tag = token_hex(12), token_hex(4)
        self._sent: Request | None = None
        self._last: Response | None = None
        self._count = 0

    @classmethod
    async def open(cls, host: str, port: int, *, number: str = "doctor") -> Self:
        """Raises OSError where the name has no address."""
        loop = asyncio.get_running_loop()
        _, phone = await loop.create_datagram_endpoint(lambda: cls(host, port, number), remote_addr=(host, port))
        return phone

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, address: object) -> None:
        with suppress(ValueError):
            message = Message.parse(data)
            if isinstance(message, Response):
                self._came.put_nowait(message)
            elif message.method != "ACK":
                self._send(_ok_to(message))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    @property
    def own_address(self) -> tuple[str, int]:
        assert self._transport is not None
        host, port = self._transport.get_extra_info("sockname")[:2]
        return str(host), int(port)

    async def options(self, patience_s: float) -> Response | None:
        return await self._ask(self._request("OPTIONS", self._dialled(None)), patience_s)

    async def ring(self, dialled: str, sdp: str, *, patience_s: float, username: str = "", password: str = "") -> Ring:
        """Until it is answered or refused, or patience ends. A challenge is answered once."""
        ring = Ring()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                answer = await self._invite(ring, dialled, sdp)
                challenge = answer.www_authenticate or answer.proxy_authenticate
                if answer.code in CHALLENGES and challenge is not None and username:
                    proof = str(answer_to(challenge, "INVITE", str(self._dialled(dialled)), username, password))
                    header = "Authorization" if answer.code == CHALLENGES[0] else "Proxy-Authorization"
                    answer = await self._invite(ring, dialled, sdp, (header, proof))
        return ring

    async def hang_up(self) -> None:
        """CANCEL while it rings, BYE once it is answered; nothing where it was refused."""
        invite, last = self._sent, self._last
        if invite is None or last is None or last.code >= REFUSED:
            return
        if last.code >= ANSWERED:
            bye = self._request("BYE", _target_of(last, invite.uri))
            bye.to_address = last.to_address
            await self._ask(bye, GOODBYE_S)
            return
        cancel = Request("CANCEL", invite.uri)
        for name in ("Via", "From", "To", "Call-ID", "Max-Forwards"):
            cancel.headers.set(name, invite.headers[name])
        cancel.cseq = CSeq(invite.cseq.sequence, "CANCEL")
        cancel.content_length = 0
        if await self._ask(cancel, GOODBYE_S) is None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                while (late := await self._came.get()).cseq.method != "INVITE" or late.code < ANSWERED:
                    pass
                self._acknowledge(late)
                if late.code < REFUSED:
                    self._last = late
                    await self.hang_up()

    async def _invite(self, ring: Ring, dialled: str, sdp: str, proof: tuple[str, str] | None = None) -> Response:
        invite = self._request("INVITE", self._dialled(dialled), sdp)
        if proof is not None:
            invite.headers.set(*proof)
        self._sent, self._last = invite, None
        repeating = asyncio.create_task(self._repeat(invite))
        try:
            while True:
                async with asyncio.timeout(FIRST_ANSWER_S if self._last is None else None):
                    answer = await self._answer_to(invite)
                repeating.cancel()
                self._last = answer
                ring.statuses.append(answer.code)
                ring.was_asked |= answer.code in CHALLENGES
                if answer.code >= ANSWERED:
                    self._acknowledge(answer)
                    ring.media = _media_of(answer.body.decode(errors="replace"))
                    return answer
        finally:
            repeating.cancel()

    async def _ask(self, request: Request, patience_s: float) -> Response | None:
        repeating = asyncio.create_task(self._repeat(request))
        try:
            async with asyncio.timeout(patience_s):
                return await self._answer_to(request)
        except TimeoutError:
            return None
        finally:
            repeating.cancel()

    async def _answer_to(self, request: Request) -> Response:
        while True:
            answer = await self._came.get()
            if str(answer.cseq) == str(request.cseq):
                return answer

    async def _repeat(self, request: Request) -> None:
        """UDP loses packets; each repeat waits twice as long."""
        wait_s = AGAIN_AFTER_S
        while True:
            self._send(request)
            await asyncio.sleep(wait_s)
            wait_s *= 2

    def _acknowledge(self, answer: Response) -> None:
        assert self._sent is not None
        is_answered = answer.code < REFUSED
        ack = self._request("ACK", _target_of(answer, self._sent.uri) if is_answered else self._sent.uri)
        if not is_answered:
            ack.headers.set("Via", self._sent.headers["Via"])
        ack.to_address = answer.to_address
        ack.cseq = CSeq(self._sent.cseq.sequence, "ACK")
        self._count = self._sent.cseq.sequence
        self._send(ack)

    def _request(self, method: str, uri: URI, sdp: str = "") -> Request:
        self._count += 1
        host, port = self.own_address
        me = URI("sip", host, user=self._number, port=port)
        request = Request(method, uri, sdp.encode())
        request.via = [Via("UDP", host, port, Parameters(branch=f"z9hG4bK{token_hex(8)}"))]
        request.from_address = Address(URI("sip", host, user=self._number), parameters=Parameters(tag=self._tag))
        request.to_address = Address(uri)
        request.call_id = self._call_id
        request.cseq = CSeq(self._count, method)
        request.contact = [Address(me)]
        request.max_forwards = 70
        request.user_agent = "phone-agent doctor"
        if sdp:
            request.content_type = MediaType("application/sdp")
        request.content_length = len(request.body)
        return request

    def _send(self, message: Request | Response) -> None:
        assert self._transport is not None
        self._transport.sendto(bytes(message))

    def _dialled(self, number: str | None) -> URI:
        return URI("sip", self._server[0], user=number, port=self._server[1])


def sdp_of(host: str, port: int) -> str:
    """G.711 and nothing else."""
    lines = ("v=0", f"o=- 1 1 IN IP4 {host}", "s=-", f"c=IN IP4 {host}", "t=0 0", f"m=audio {port} RTP/AVP 0",
             "a=rtpmap:0 PCMU/8000", "a=ptime:20", "a=sendrecv")  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def _media_of(sdp: str) -> tuple[str, int] | None:
    host = port = None
    for line in sdp.splitlines():
        if line.startswith("c=IN IP4 "):
            host = line.split()[-1]
        elif line.startswith("m=audio "):
            port = int(line.split()[1])
    return (host, port) if host and port else None


def _target_of(answer: Response, otherwise: URI) -> URI:
    return answer.contact[0].uri if answer.contact else otherwise


def _ok_to(request: Request) -> Response:
    """What rings or says goodbye to the doctor hears that it was understood."""
    answer = Response(ANSWERED, "OK")
    for name in ("Via", "From", "To", "Call-ID", "CSeq"):
        answer.headers.setlist(name, list(request.headers.getlist(name)))
    answer.content_length = 0
    return answer
