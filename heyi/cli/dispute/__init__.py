"""The commands under ``heyi dispute``."""
