"""From elements and their styles to boxes yet to be laid out."""
