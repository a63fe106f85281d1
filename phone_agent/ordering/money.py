"""Money as it is written on a screen; the voice turns it into words."""

CENTS_PER_DOLLAR = 100


def format_usd(cents: int) -> str:
    """ "$31.98"."""
    return f"${cents // CENTS_PER_DOLLAR}.{cents % CENTS_PER_DOLLAR:02d}"
