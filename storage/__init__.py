"""What an article is, where it is kept, and how it leaves: no network, no clock of its own."""
