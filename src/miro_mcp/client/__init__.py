"""How a call gets to Miro: one HTTP client for the process, and everything that can go wrong on the way."""
