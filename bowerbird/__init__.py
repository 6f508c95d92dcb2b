"""How a person reaches the program: command line, status page, demo, settings."""
