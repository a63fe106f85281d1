"""What a Call is made of: the cart, the quote, the caller as known, and what was said; nothing of LiveKit."""
