"""When two URLs or two texts are the same."""
