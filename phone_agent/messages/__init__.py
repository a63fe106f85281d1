"""Texts to callers and webhooks to other programs, sent from the outbox of the store."""
