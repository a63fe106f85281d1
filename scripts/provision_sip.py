"""python scripts/provision_sip.py: makes the trunks and the dispatch rule on the server that LIVEKIT_URL names."""

from __future__ import annotations

import asyncio
import os
import sys

from dotenv import load_dotenv

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.menu_file import MenuFileError
from phone_agent.settings import Settings, SettingsError
from phone_agent.telephony.provisioning import ProvisioningError, provision_with_menu
from phone_agent.telephony.requests import RequestError


def main() -> int:
    load_dotenv()
    try:
        for change in asyncio.run(provision_with_menu(Settings.from_env(os.environ))):
            print(change)
    except (SettingsError, MenuFileError, StoreUnavailable, RequestError, ProvisioningError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
