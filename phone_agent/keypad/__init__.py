"""What the keypad is made of: keys, codes, and the menu walked by digits."""
