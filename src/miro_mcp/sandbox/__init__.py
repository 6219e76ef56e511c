"""Miro's API in a box: an ASGI app over SQLite that answers every operation of the catalogue."""
