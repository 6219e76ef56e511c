"""Tools that do more than one call: reading and seeing boards, diagrams, batches; each call takes the one way."""
