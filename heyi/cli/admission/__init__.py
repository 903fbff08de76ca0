"""The commands under ``heyi admission``."""
