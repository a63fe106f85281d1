"""The voice of a call: how the agent hears, thinks and speaks."""
