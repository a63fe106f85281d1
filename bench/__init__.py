"""How fast and how costly a call is, measured at the phone and in the store."""
