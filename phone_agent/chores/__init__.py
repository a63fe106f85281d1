"""What is done again and again beside the calls: carts and calls left behind, and what may not be kept."""
