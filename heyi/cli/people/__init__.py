"""The commands under ``heyi unit`` and ``heyi person``."""
