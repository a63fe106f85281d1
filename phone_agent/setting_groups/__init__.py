"""The groups that the settings consist of."""
