"""The parts of the `phone-agent` command: one module, one word on the command line."""
