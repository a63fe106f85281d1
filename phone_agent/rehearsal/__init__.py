"""Simulated callers: they speak, listen and press keys, and are graded by the stored order."""
