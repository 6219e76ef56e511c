"""What may happen: the operator's policy and bounds, a person's yes, and the record of it."""
