"""Whether the page's server answers, where one is known; with --online also at its address for the world."""

from __future__ import annotations

import aiohttp

from phone_agent.doctor.findings import Finding, Ward, fine, odd, wrong

ANSWER_S = 3.0
FORWARD = "let that name lead to `phone-agent web`, through the web server with TLS in front of it"
START = "`uv run phone-agent web`; under `make up` see .run/logs/web.log"


async def check_page(ward: Ward) -> list[Finding]:
    if ward.page is None:
        return [fine("no page is known to be served here")]
    try:
        status, told = await _health_at(ward.page)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        return [wrong(f"The page at {ward.page} does not answer ({type(error).__name__}).", START)]
    if status != 200:
        return [wrong(f"The page at {ward.page} is not well ({status}): {told[:200]}", START)]
    return [fine(f"the page is served at {ward.page}")]


async def check_public(ward: Ward) -> list[Finding]:
    """Where browsers come, and Twilio with what callers text and what became of texts to them."""
    url = ward.settings.public_url
    if url is None or not ward.online:
        return [fine("no public address is set" if url is None else "the public address was not tried (--online does)")]
    try:
        status, told = await _health_at(url)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        said = f"PHONE_AGENT_PUBLIC_URL: {url} does not answer from this machine ({type(error).__name__})."
        return [wrong(said, FORWARD)]
    if not told.startswith("{") or "status" not in told:
        return [wrong(f"PHONE_AGENT_PUBLIC_URL: what answers at {url} is another server ({status}).", FORWARD)]
    if status != 200:
        return [odd(f"The page is reached at {url}, but it is not well ({status}): {told[:200]}", START)]
    return [fine(f"the page is reached at {url}")]


async def _health_at(url: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S)) as session,
        session.get(f"{url}/healthz") as answer,
    ):
        return answer.status, (await answer.text()).strip()
