"""Where connectors run, and how they are drawn."""
