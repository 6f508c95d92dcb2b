"""What may stand where an article was expected: challenges, walls, stand-ins. Each module looks for one kind."""
