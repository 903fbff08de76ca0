"""Stores the acts of the office, accounts, sessions, and files handed in."""
