"""At the counter: what a caller says of an order and of themselves: changes, a name, the usual, today's order."""
