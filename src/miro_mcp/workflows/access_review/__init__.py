"""`miro_access_review`."""
