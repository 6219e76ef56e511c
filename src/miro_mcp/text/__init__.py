"""Text that strangers wrote: hidden characters, secrets, Miro's HTML."""
