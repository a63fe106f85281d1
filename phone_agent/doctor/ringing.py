"""Whether the SIP service answers, takes a call, and carries sound both ways."""

from __future__ import annotations

from ipaddress import ip_address

from phone_agent.clients.livekit import FAILURES
from phone_agent.doctor.findings import Finding, Ward, fine, odd, wrong
from phone_agent.doctor.line_plan import PROVISION, Plan
from phone_agent.doctor.livekit_api import about, api_of
from phone_agent.doctor.phone import CHALLENGES, Phone
from phone_agent.doctor.trial_call import TrialCall, make_trial_call

OPTIONS_S = 3.0
START_SIP = "start livekit-sip (here: `make up`), and open UDP 5060 to it in the firewall"
OPEN_RTP = "open livekit-sip's `rtp_port` range (UDP, by default 10000-20000) in the firewall, both ways"
OPEN_MEDIA = "open LiveKit's media ports (UDP 50000-60000, or `rtc.udp_port`) in the firewall"
UNKNOWN = "Where the SIP service listens is not known."
SAY_WHERE = "`uv run phone-agent doctor --sip HOST:PORT`"
SAY_WHERE_UDP = f"{SAY_WHERE}, of a listener for UDP"
SERVER_FAILS = 500


async def check_options(ward: Ward) -> list[Finding]:
    if ward.sip is None:
        return [_not_tried(ward)]
    try:
        phone = await Phone.open(ward.sip.host, ward.sip.port)
    except OSError:
        return [wrong(f"The name {ward.sip.host} has no address.", SAY_WHERE)]
    try:
        answer = await phone.options(OPTIONS_S)
    finally:
        phone.close()
    if answer is None:
        return [wrong(f"The SIP service at {ward.sip} does not answer OPTIONS: no call can come in.", START_SIP)]
    return [fine(f"the SIP service at {ward.sip} answers OPTIONS ({answer.code})")]


async def check_trial_call(ward: Ward) -> list[Finding]:
    if ward.sip is None:
        return [_not_tried(ward)]
    try:
        async with api_of(ward) as livekit:
            trunk = (await Plan.read(livekit)).trunk_of(ward.settings.phone_number)
            if trunk is None:
                return [odd("Not tried: there is no trunk whose rules a call could be tried under.", PROVISION)]
            call = await make_trial_call(ward, livekit, trunk, ward.sip_username, ward.sip_password)
    except FAILURES as error:
        return about(error)
    return findings_of(call, ward)


def _not_tried(ward: Ward) -> Finding:
    if ward.settings.sip_transport == "udp":
        return odd(UNKNOWN, SAY_WHERE)
    said = f"Not tried: calls come in over {ward.settings.sip_transport.upper()}, and the doctor speaks UDP only."
    return odd(said, SAY_WHERE_UDP)


def findings_of(call: TrialCall, ward: Ward) -> list[Finding]:
    if not call.ring.is_answered:
        return [_refused(call, ward)]
    found = [*_about_sound(call), *_about_media_address(call, ward)]
    return found or [fine("a call to a number of the doctor's own was answered, and sound went both ways")]


def _refused(call: TrialCall, ward: Ward) -> Finding:
    ring = call.ring
    if not call.was_joined:
        return wrong("The doctor cannot join a room: LiveKit's media ports are closed.", OPEN_MEDIA)
    if ring.was_asked:
        if not ward.sip_username:
            said = "The trunk asks for a password (digest), and none is set: who calls without one is refused."
            return wrong(said, f"set PHONE_AGENT_INBOUND_USERNAME and PHONE_AGENT_INBOUND_PASSWORD, then {PROVISION}")
        said = f"The SIP service refuses the user name {ward.sip_username!r} or its password ({ring.status})."
        return wrong(said, f"set PHONE_AGENT_INBOUND_PASSWORD to what the calling side has, then {PROVISION}")
    if ring.status == 0:
        return wrong(f"The SIP service at {ward.sip} does not answer INVITE: no call can come in.", START_SIP)
    if ring.status < CHALLENGES[0] - 1:
        return wrong(
            "The SIP service rings but never answers: it cannot reach the room.", "look into livekit-sip's log"
        )
    if ring.status >= SERVER_FAILS:
        said = f"The SIP service refuses calls ({ring.status}): it has lost its Redis or LiveKit's server, or is full."
        return wrong(said, "start Redis; then look into livekit-sip's log")
    return wrong(f"The SIP service refuses a call that the trunk ought to take ({ring.status}).", PROVISION)


def _about_sound(call: TrialCall) -> list[Finding]:
    at_phone, in_room = call.heard_at_phone > 0, call.heard_in_room
    if at_phone and in_room:
        return []
    if not at_phone and not in_room:
        return [wrong("The call is answered, but no sound goes either way: the RTP ports are closed.", OPEN_RTP)]
    said = "the agent does not hear the caller" if at_phone else "the caller does not hear the agent"
    return [wrong(f"The call is answered, but {said}: the RTP ports are closed in one direction.", OPEN_RTP)]


def _about_media_address(call: TrialCall, ward: Ward) -> list[Finding]:
    """A service that is called at a public address and wants sound at a private one is not heard from outside."""
    assert ward.sip is not None
    if call.ring.media is None:
        return []
    media = ip_address(call.ring.media[0])
    try:
        called = ip_address(ward.sip.host)
    except ValueError:
        return []
    if media.is_private and not called.is_private:
        said = f"livekit-sip wants sound at {media}, which callers at {called} cannot reach: nothing is heard."
        return [wrong(said, "set `use_external_ip: true` or `nat_1_to_1_ip` in livekit-sip's configuration")]
    return []
