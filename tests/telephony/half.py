"""Twilio's half of a line, as tests plan, apply and destroy it."""

from __future__ import annotations

from phone_agent.settings import Settings
from phone_agent.telephony.carry_out import Outcome, carry_out, follow
from phone_agent.telephony.destroying import plan_to_destroy
from phone_agent.telephony.twilio_side import open_twilio_side
from phone_agent.telephony.twilio_wishes import twilio_wishes
from tests.twilio.account import Account
from tests.twilio.peer import Twilio

NUMBER, OTHER = "+14075550100", "+14075550133"
LINE = {
    "TWILIO_PHONE_NUMBER": NUMBER,
    "PHONE_AGENT_ALLOWED_ADDRESSES": "54.172.60.0/30",
    "PHONE_AGENT_PUBLIC_URL": "https://orders.example.com",
    "PHONE_AGENT_SIP_ADDRESSES": "sip1.example.com:5061,sip2.example.com:5061",
    "PHONE_AGENT_SIP_TRANSPORT": "tls",
    "PHONE_AGENT_SIP_SOURCES": "192.0.2.1,198.51.100.0/29",
    "PHONE_AGENT_FALLBACK_NUMBER": "+14075550190",
    "PHONE_AGENT_OUTBOUND_ADDRESS": "our-house.pstn.ashburn.twilio.com",
    "PHONE_AGENT_OUTBOUND_USERNAME": "house",
    "PHONE_AGENT_OUTBOUND_PASSWORD": "Correct7Horse8Battery",
}
SECRETS = (LINE["PHONE_AGENT_OUTBOUND_PASSWORD"], Account().token)
KINDS = ("trunks", "origination_urls", "trunk_credential_lists", "trunk_ip_lists", "trunk_numbers",
         "credential_lists", "credentials", "ip_lists", "ip_addresses", "numbers")  # fmt: skip


def settings_of(twilio: Twilio, **more: str) -> Settings:
    return Settings.from_env(twilio.env | LINE | more)


async def applied(settings: Settings, *, adopt: bool = False, allowed: bool = True) -> Outcome:
    wishes = twilio_wishes(settings, numbers=[OTHER])
    async with open_twilio_side(settings, wishes if adopt else ()) as side:
        return await carry_out(side, wishes, adopt=adopt, may=lambda step: allowed)


async def destroyed(settings: Settings, *, release: bool = False) -> Outcome:
    wishes = twilio_wishes(settings, numbers=[OTHER])
    async with open_twilio_side(settings) as side:
        return await follow(
            side, lambda found: plan_to_destroy(wishes, found), lambda step: release or step.action != "release"
        )


def state_of(account: Account) -> dict[str, list[dict[str, object]]]:
    """Without ids and times, which differ from run to run."""
    own = ("sid", "account_sid", "date_created", "date_updated")
    kept = {kind: [{n: v for n, v in row.items() if not n.endswith("_sid") and n not in own}
                   for row in account.all(kind)] for kind in KINDS}  # fmt: skip
    return {kind: sorted(rows, key=repr) for kind, rows in kept.items()}


async def settled(twilio: Twilio) -> dict[str, list[dict[str, object]]]:
    """The state that a run which nothing disturbs comes to."""
    account = twilio.service.reset()
    account.for_sale = [NUMBER]
    await applied(settings_of(twilio))
    return state_of(account)


def owned(account: Account, number: str, trunk: str | None = None) -> None:
    account.for_sale.append(number)
    row = account.make("numbers", {"PhoneNumber": number})
    if trunk:
        account.make("trunk_numbers", {"PhoneNumberSid": row["sid"]}, trunk)
