"""Plans of changes to a board that a workflow drew up, and how they are carried out."""
