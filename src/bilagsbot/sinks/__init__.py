"""Receipts out: one file a format."""
