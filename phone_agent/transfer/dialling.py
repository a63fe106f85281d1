"""What LiveKit answers to a dialled number or a REFER, as an outcome."""

from __future__ import annotations

from livekit import api

from phone_agent.desk import Outcome

TRUNK_NAME = "phone-agent"
TRUNK_METADATA = "made by provision_sip.py from sip/outbound_trunk.json"
"""Ours, as scripts/provision_sip.py makes it."""
ADOPTED_METADATA = TRUNK_METADATA.replace("made", "adopted", 1)
"""Somebody else's, as it takes it over with --adopt."""
BY_STATUS = {
    401: Outcome.REFUSED,
    403: Outcome.REFUSED,
    407: Outcome.REFUSED,
    408: Outcome.NO_ANSWER,
    480: Outcome.NO_ANSWER,
    486: Outcome.BUSY,
    487: Outcome.NO_ANSWER,
    600: Outcome.BUSY,
    603: Outcome.DECLINED,
}
"""SIP's own numbers; any other one is a phone that cannot be reached."""
RANG_OUT = ("deadline_exceeded", "canceled", "aborted")
"""LiveKit's words for a call that nobody took, where the phone said nothing."""


def outcome_of(error: api.ServerError) -> Outcome:
    status = error.sip_status_code if isinstance(error, api.SipCallError) else None
    if status is not None:
        return BY_STATUS.get(status, Outcome.UNREACHABLE)
    return Outcome.NO_ANSWER if error.code in RANG_OUT else Outcome.REFUSED


async def outbound_trunk(livekit: api.LiveKitAPI) -> str | None:
    """The id of our outbound trunk; None where nobody has made it."""
    listed = await livekit.sip.list_outbound_trunk(api.ListSIPOutboundTrunkRequest())
    marks = (TRUNK_METADATA, ADOPTED_METADATA)
    ours = (trunk for trunk in listed.items if trunk.name == TRUNK_NAME and trunk.metadata in marks)
    return next((trunk.sip_trunk_id for trunk in ours), None)
