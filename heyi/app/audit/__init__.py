"""Verifies that what is stored is what was recorded."""
