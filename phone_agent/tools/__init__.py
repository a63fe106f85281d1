"""What the model may do: arguments in, one spoken sentence out."""
