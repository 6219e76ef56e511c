"""How each kind of item is drawn."""
