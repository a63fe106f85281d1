"""python -m phone_agent.web: serves the page, alone in a small process."""

from __future__ import annotations

import logging
import os
import sys
from urllib.parse import urlsplit

import uvicorn
from dotenv import load_dotenv

from phone_agent.redaction import redact_logs
from phone_agent.settings import Settings, SettingsError
from phone_agent.web.app import create_app
from phone_agent.web.guard import is_loopback

logger = logging.getLogger(__name__)

LAST_SECONDS = 5
FAR_BROWSERS = (
    "PHONE_AGENT_PUBLIC_URL is set, but browsers are sent to LiveKit on this machine, where no other one reaches it: "
    "set LIVEKIT_PUBLIC_URL."
)
HIDDEN_BROWSERS = (
    "PHONE_AGENT_PUBLIC_URL is set, but no proxy in PHONE_AGENT_WEB_PROXIES: behind one, all callers are one address, "
    "with one address's limits."
)


def doubts_about(settings: Settings) -> list[str]:
    """What serves this machine's own browser alone, said at the start."""
    if settings.public_url is None:
        return []
    host = urlsplit(settings.livekit_url_of_browsers).hostname or ""
    doubts = [FAR_BROWSERS] if host == "localhost" or is_loopback(host) else []
    return doubts if settings.web_proxies else [*doubts, HIDDEN_BROWSERS]


def main() -> None:
    load_dotenv()
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Its requests would be told with their whole addresses.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    redact_logs()
    for words in doubts_about(settings):
        logger.warning(words)
    uvicorn.run(
        create_app(settings),
        host=settings.web_host,
        port=settings.web_port,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=LAST_SECONDS,
    )


if __name__ == "__main__":
    main()
