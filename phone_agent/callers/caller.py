"""Who is calling: a number in E.164, or nobody known. The one place that reads phone numbers."""

from __future__ import annotations

import phonenumbers

HOME_REGION = "US"


def to_e164(number: str | None, region: str = HOME_REGION) -> str | None:
    """None where the number is withheld, malformed, impossible, or lacks its area code."""
    if not number:
        return None
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
