"""Whether the page's server answers, where one is known."""

from __future__ import annotations

import aiohttp

from phone_agent.doctor.findings import Finding, Ward, fine, wrong

ANSWER_S = 3.0
START = "`uv run phone-agent web`; under `make up` see .run/logs/web.log"


async def check_page(ward: Ward) -> list[Finding]:
    if ward.page is None:
        return [fine("no page is known to be served here")]
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S)) as session,
            session.get(f"{ward.page}/healthz") as answer,
        ):
            status, told = answer.status, (await answer.text()).strip()
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        return [wrong(f"The page at {ward.page} does not answer ({type(error).__name__}).", START)]
    if status != 200:
        return [wrong(f"The page at {ward.page} is not well ({status}): {told[:200]}", START)]
    return [fine(f"the page is served at {ward.page}")]
