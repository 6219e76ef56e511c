"""How readable a drawing is: named faults of its lines and captions, and what each weighs."""
