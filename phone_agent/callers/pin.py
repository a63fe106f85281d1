"""PINs: hashed with a salt of their own, and compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import secrets

DIGITS = 4
MOST_TRIES = 3
"""Per number and local day, over all calls."""
COST, BLOCK, PARALLEL = 2**14, 8, 1
SALT_BYTES = 16


class PinError(ValueError):
    """What is wrong with a PIN that staff wants to set."""


def hashed(pin: str, salt: bytes | None = None) -> str:
    """Raises PinError. `salt`: random unless given."""
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        raise PinError(f"A PIN has {DIGITS} digits.")
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    digest = hashlib.scrypt(pin.encode(), salt=salt, n=COST, r=BLOCK, p=PARALLEL)
    return f"scrypt${salt.hex()}${digest.hex()}"


def is_right(pin: str, pin_hash: str) -> bool:
    _, salt, _ = pin_hash.split("$")
    try:
        return hmac.compare_digest(hashed(pin, bytes.fromhex(salt)), pin_hash)
    except PinError:
        return False


def random_pin() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
