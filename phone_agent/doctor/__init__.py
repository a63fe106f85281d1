"""What is wrong, and the command that mends it: one check, one function, one or more findings."""
