"""python scripts/provision_sip.py [plan|apply|verify|destroy|numbers]: as `phone-agent provision`."""

from __future__ import annotations

import sys

from dotenv import load_dotenv

from phone_agent.commands.provision import KNOWN_ERRORS, app
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.menu_file import MenuFileError
from phone_agent.settings import SettingsError


def main() -> None:
    load_dotenv()
    try:
        app()
    except (SettingsError, MenuFileError, StoreUnavailable, *KNOWN_ERRORS) as error:
        print(error, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
