"""Who is on the line: the agents that a caller talks to."""
