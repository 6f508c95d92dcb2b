"""What a site offers to be watched by: its feeds, sitemaps and section pages, and which of them is best."""
