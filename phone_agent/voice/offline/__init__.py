"""A voice with no keys: recognition and speech that run on this machine."""
