"""Front-matter formats: an article into text. Knows no SQL and no disk."""
