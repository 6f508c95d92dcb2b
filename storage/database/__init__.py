"""The store. The only package that knows SQL."""
