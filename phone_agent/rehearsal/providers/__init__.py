"""Providers of speech and models on this machine: written from their public protocols, for tests and the bench."""
