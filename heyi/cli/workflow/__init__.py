"""The commands under ``heyi workflow``."""
