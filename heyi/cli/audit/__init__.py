"""The commands under ``heyi audit``."""
