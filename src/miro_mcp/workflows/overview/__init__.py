"""Reading a board: everything on it as plain values, and told in few words."""
