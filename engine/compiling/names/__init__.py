"""Checks that every name a file refers to exists."""
