"""The commands under ``heyi case``."""
