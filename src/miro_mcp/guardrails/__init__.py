"""What may happen: the operator's policy."""
