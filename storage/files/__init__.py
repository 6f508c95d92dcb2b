"""Article files on disk: found, and read into records."""
