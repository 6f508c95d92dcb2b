"""Articles laid out by a template of the user's own."""
