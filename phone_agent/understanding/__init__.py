"""What was said, as intents and items, with no model: pure."""
