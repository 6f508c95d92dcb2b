"""Every request to the web passes here: addresses, limits, robots.txt, pace."""
