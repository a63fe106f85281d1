"""Sounds that are nearly a yes. They are listened for as themselves, so that "less" is not taken for one."""

from __future__ import annotations

from collections.abc import Iterable

MARK = "~"
_ONSETS = ("B", "CH", "D", "F", "G", "HH", "JH", "K", "L", "M", "N", "P", "R", "S", "SH", "T", "V", "W", "Y", "Z")
"""How a syllable may begin; DH and TH are lost over a telephone."""


def is_rival(unit: str) -> bool:
    return unit.startswith(MARK)


def rivals_of(sounds: Iterable[str]) -> dict[str, str]:
    """Each with another first consonant or none, by a name that is no word."""
    wanted = set(sounds)
    rests = {rest for sound in wanted if (rest := _after_onset(sound))}
    other = rests | {f"{onset} {rest}" for rest in rests for onset in _ONSETS}
    return {f"{MARK}{sound.replace(' ', '')}": sound for sound in sorted(other - wanted)}


def _after_onset(sound: str) -> str:
    first, _, rest = sound.partition(" ")
    return rest if first in _ONSETS else ""
