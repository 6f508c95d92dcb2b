"""Lay articles out as files in a folder."""
