"""What may happen: the operator's policy and bounds, a person's approval, and the record of it."""
