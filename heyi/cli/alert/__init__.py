"""The commands under ``heyi alert``."""
