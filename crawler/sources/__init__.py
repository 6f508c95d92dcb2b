"""What a source offers: feeds, sitemaps and section pages read into candidates."""
