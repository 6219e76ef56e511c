"""Signing in with Miro's OAuth: the browser, the pair of tokens that is kept, its renewal. Nothing here is async."""
