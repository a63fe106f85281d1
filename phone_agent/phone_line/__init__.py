"""The telephone line of a call on LiveKit: who is on it, what it sounds like, and what silence means."""
