"""Whether LiveKit's server has what sip/*.json and the settings ask for; any difference, however small."""

from __future__ import annotations

from collections.abc import Iterator

from phone_agent.doctor.findings import Finding, Ward, fine, odd
from phone_agent.doctor.line_plan import PROVISION
from phone_agent.doctor.stores import UNREAD, numbers_of_places
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.store.look import CannotLook
from phone_agent.telephony.carry_out import Passing, ProvisioningError
from phone_agent.telephony.livekit_side import livekit_wishes, open_livekit
from phone_agent.telephony.plan import Plan, plan
from phone_agent.telephony.requests import RequestError
from phone_agent.telephony.sip_files import SIP_FOLDER


async def check_provisioned(ward: Ward) -> list[Finding]:
    """Fields are named, never their values: a password is among them."""
    settings = ward.settings
    try:
        wishes = livekit_wishes(settings, SIP_FOLDER, await numbers_of_places(settings))
        async with open_livekit(settings) as side:
            made = plan(wishes, await side.found())
    except (CannotLook, StoreUnavailable):
        return [UNREAD]
    except RequestError as error:
        return [odd(str(error), "correct the file in sip/, or the setting that it names")]
    except (ProvisioningError, Passing):
        return [odd("Not examined: LiveKit's server does not answer this key.", "see the check `livekit key`")]
    return list(_differences(made)) or [fine("the server has what sip/*.json and the settings ask for")]


def _differences(made: Plan) -> Iterator[Finding]:
    for problem in made.problems:
        yield odd(problem, "`uv run phone-agent provision plan`")
    for step in made.steps:
        fields = f" ({', '.join(step.changes)})" if step.found is not None else ""
        yield odd(f"Provisioning would {step.action} the {step.key.kind} {step.key.name!r}{fields}.", PROVISION)
