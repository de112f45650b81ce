"""Rows in: one file a format."""
