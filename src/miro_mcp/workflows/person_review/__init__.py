"""`miro_person_review`."""
