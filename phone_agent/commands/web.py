"""`phone-agent web`: the page and its server."""

from __future__ import annotations

import os
import sys


def web() -> None:
    """Serve the page and its calls' tokens; LiveKit's server and the agent run elsewhere."""
    # In the place of this process, whose other commands bring far more than the server needs.
    os.execv(sys.executable, [sys.executable, "-m", "phone_agent.web"])  # noqa: S606 (no shell is what is wanted)
