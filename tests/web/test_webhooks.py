"""LiveKit's webhooks are believed by their signature alone."""

from __future__ import annotations

import base64
import hashlib
import json

import jwt
import pytest

from phone_agent.stack.configs import new_secret
from tests.web.conftest import KEY, SECRET, Browser

BODY = json.dumps({"event": "participant_joined", "participant": {"identity": "sip_1", "kind": "SIP"}, "id": "EV_1"})


def signature(
    body: str, *, key: str = KEY, secret: str = SECRET, claim: str = "sha256", expires: int = 4_000_000_000
) -> str:
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    return jwt.encode({"iss": key, "exp": expires, claim: digest}, secret, algorithm="HS256")


async def events_counted(page: Browser) -> bool:
    return 'phone_agent_livekit_events_total{event="participant_joined"} 1.0' in await page.metrics()


async def test_a_signed_event_is_counted(page: Browser) -> None:
    answer = await page.client.post("/api/livekit/webhook", content=BODY, headers={"Authorization": signature(BODY)})

    assert answer.status_code == 204
    assert await events_counted(page)
    assert 'phone_agent_participants_joined_total{kind="sip"} 1.0' in await page.metrics()


@pytest.mark.parametrize(
    "forged",
    ["", "nonsense", signature(BODY, secret=new_secret()), signature(BODY, key="otherkey"), signature(f"{BODY} "),
     signature(BODY, claim="other"), signature(BODY, expires=1)],
    ids=["none", "nonsense", "secret", "key", "other body", "no hash", "expired"],
)  # fmt: skip
async def test_an_event_that_livekit_has_not_signed_is_refused(page: Browser, forged: str) -> None:
    answer = await page.client.post("/api/livekit/webhook", content=BODY, headers={"Authorization": forged})

    assert answer.status_code == 401
    assert not await events_counted(page)


async def test_a_callers_own_token_signs_no_event(page: Browser) -> None:
    token = (await page.post("/token", {})).json()["token"]
    answer = await page.client.post("/api/livekit/webhook", content=BODY, headers={"Authorization": token})

    assert answer.status_code == 401
