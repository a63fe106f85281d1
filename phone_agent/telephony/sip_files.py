"""The files of sip/, and the words by which what is made from them is known on a server."""

from __future__ import annotations

from pathlib import Path

SIP_FOLDER = Path(__file__).parents[2] / "sip"
MADE, ADOPTED_MARK = "made by provision_sip.py", "adopted by provision_sip.py"
