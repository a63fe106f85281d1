"""Providers that fail at every moment of a real call: what the caller hears, and what is stored."""
