"""The commands under ``heyi calendar``."""
