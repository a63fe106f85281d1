"""The web server: the page, tokens for its calls, LiveKit's webhooks, health and metrics."""
