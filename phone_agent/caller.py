"""Who is calling: a number in E.164, or nobody known. The one place that reads phone numbers."""

from __future__ import annotations

import phonenumbers

HOME_REGION = "US"


def to_e164(number: str | None, region: str = HOME_REGION) -> str | None:
    """None where the number is withheld, malformed or impossible."""
    if not number:
        return None
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
