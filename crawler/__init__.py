"""Get and read: one source run from its feed to its verdicts. Knows nothing of when."""
