"""The command ``heyi demo``."""
