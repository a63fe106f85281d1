"""Calls to callers: the one that says that an order is ready."""
