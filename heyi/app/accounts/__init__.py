"""Knows people again: accounts, passwords, sessions and tokens."""
