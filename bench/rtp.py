"""What a call takes of the network, by the softphone's own account."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

SOUND = re.compile(r"audio=(\d+)/(\d+) \(bit/s\)")
HEADERS_KBIT_S = 2 * 50 * 40 * 8 / 1000
"""IPv4, UDP and RTP in front of 50 pieces of sound a second, both ways."""


def rate_kbit_s(log: Path) -> list[float]:
    return rate_of(log.read_text(errors="replace")) if log.exists() else []


def rate_of(text: str) -> list[float]:
    """Both directions together, headers included; empty where the softphone gave no account of the call."""
    sound = [int(sent) + int(heard) for sent, heard in SOUND.findall(text) if int(sent) and int(heard)]
    return [median(sound) / 1000 + HEADERS_KBIT_S] if sound else []
