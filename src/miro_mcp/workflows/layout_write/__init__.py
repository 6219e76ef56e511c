"""A board from layout text: made, arranged, or changed."""
