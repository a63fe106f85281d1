"""From the agent to a person: staff are rung into the caller's room, or the caller's phone is referred to them."""
