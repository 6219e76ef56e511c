"""Reading what is on a board: its lists side by side, beside the loop where they are long."""
