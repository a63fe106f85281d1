"""python -m phone_agent.web: serves the page, alone in a small process."""

from __future__ import annotations

import logging
import os
import sys

import uvicorn
from dotenv import load_dotenv

from phone_agent.redaction import redact_logs
from phone_agent.settings import Settings, SettingsError
from phone_agent.web.app import create_app

LAST_SECONDS = 5


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
