"""A voice agent that takes restaurant orders over the phone."""
