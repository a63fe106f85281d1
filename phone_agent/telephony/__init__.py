"""How calls reach the agent: LiveKit's trunk and dispatch rule."""
