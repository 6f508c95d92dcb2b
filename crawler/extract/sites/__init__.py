"""Sites whose pages are read by a rule of their own: one short module a site."""
