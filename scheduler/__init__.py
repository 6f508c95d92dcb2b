"""When: which source is due, who runs it, and whether it is well."""
