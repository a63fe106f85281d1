"""The carrier's half, with --online: whether Twilio sends calls here, and whether texts can go out and be answered."""

from __future__ import annotations

from collections.abc import Iterator

from twilio.base.exceptions import TwilioException

from phone_agent.clients.twilio import OUT_OF_REACH, open_twilio
from phone_agent.doctor.findings import Finding, Ward, fine, odd, wrong
from phone_agent.doctor.stores import UNREAD, numbers_of_places
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.settings import Settings
from phone_agent.store.look import CannotLook
from phone_agent.telephony.carry_out import Passing, ProvisioningError
from phone_agent.telephony.halves import Half, Line
from phone_agent.telephony.plan import Step
from phone_agent.telephony.requests import RequestError
from phone_agent.telephony.twilio_wishes import NUMBER, ORIGINATION, TRUNK, TRUNK_NUMBER

APPLY = "`uv run phone-agent provision apply`"
PLAN = "`uv run phone-agent provision plan`"
LACKS = {
    TRUNK: "Twilio has no trunk {name!r}: no call comes from there.",
    ORIGINATION: "Twilio's trunk does not send calls to {name}.",
    NUMBER: "The number {name} is not in the Twilio account.",
    TRUNK_NUMBER: "The number {name} is not attached to Twilio's trunk: its calls do not come here.",
}
"""Without these nobody gets through; whatever else differs is a warning."""
CHANGED = {
    (TRUNK, "secure"): "Twilio's trunk and PHONE_AGENT_SIP_TRANSPORT do not agree on encryption: calls are refused.",
    (ORIGINATION, "enabled"): "Twilio's trunk has {name} switched off: no call goes there.",
}
TEXTS_ELSEWHERE = "Texts to {name} go elsewhere than to PHONE_AGENT_PUBLIC_URL: nobody here hears STOP."
ANOTHER_NUMBER = "set TWILIO_PHONE_NUMBER to a number of the account that sends texts, or PHONE_AGENT_TEXTS=false"


async def check_carrier(ward: Ward) -> list[Finding]:
    settings = ward.settings
    if not settings.twilio_account_sid:
        return [fine("no carrier's account is set")]
    if not ward.online:
        return [fine("the Twilio account was not looked into (--online does)")]
    return [*await _about_calls(settings), *await _about_texts(settings)]


async def _about_calls(settings: Settings) -> list[Finding]:
    if not settings.sip_addresses:
        return [odd("Where Twilio sends calls was not compared.", "set PHONE_AGENT_SIP_ADDRESSES")]
    try:
        halves = await Line(settings, tuple(await numbers_of_places(settings))).plan()
    except (CannotLook, StoreUnavailable):
        return [UNREAD]
    except RequestError as error:
        return [odd(str(error), "correct the file in sip/, or the setting that it names")]
    except (ProvisioningError, Passing) as error:
        return [odd(f"Not examined: {error}", f"see the checks `keys` and `livekit key`; {PLAN}")]
    found = [finding for half in halves if half.name == "Twilio" for finding in _differences(half)]
    return found or [fine("Twilio sends calls here as sip/twilio.json and the settings ask for")]


def _differences(half: Half) -> Iterator[Finding]:
    for remark in (*half.plan.problems, *half.plan.notes, *half.notes):
        yield odd(remark, PLAN)
    for step in half.plan.steps:
        yield _about(step)


def _about(step: Step) -> Finding:
    """Fields are named, never their values: a password is among them."""
    kind, name = step.key
    if step.found is None and kind in LACKS:
        return wrong(LACKS[kind].format(name=name), APPLY)
    if (broken := next((CHANGED[kind, field] for field in step.changes if (kind, field) in CHANGED), None)) is not None:
        return wrong(broken.format(name=name), APPLY)
    if kind == NUMBER and "sms_url" in step.changes:
        return odd(TEXTS_ELSEWHERE.format(name=name), APPLY)
    fields = f" ({', '.join(step.changes)})" if step.found is not None and step.changes else ""
    return odd(f"Provisioning would {step.action} Twilio's {kind.removeprefix('Twilio ')} {name!r}{fields}.", APPLY)


async def _about_texts(settings: Settings) -> list[Finding]:
    number = settings.phone_number
    if not settings.texts:
        return [fine("texts are switched off")]
    try:
        async with open_twilio(settings) as client:
            found = await client.incoming_phone_numbers.list_async(phone_number=number)
    except (TwilioException, *OUT_OF_REACH) as error:
        return [odd(f"Whether texts can be sent is not known ({type(error).__name__}).", "see the check `keys`")]
    if not found:
        return [odd(f"{number} is not in the Twilio account: no text goes out from it.", ANOTHER_NUMBER)]
    if not (found[0].capabilities or {}).get("sms"):
        return [wrong(f"{number} cannot send texts.", ANOTHER_NUMBER)]
    if not settings.public_url:
        said = "Texts go out, but nobody hears whether they arrive, or STOP."
        return [odd(said, "set PHONE_AGENT_PUBLIC_URL to where `phone-agent web` is reached from outside")]
    return [fine(f"texts can be sent from {number}")]
