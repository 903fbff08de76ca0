"""The commands under ``heyi clock``."""
