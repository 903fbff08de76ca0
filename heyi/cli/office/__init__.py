"""The commands of an operator: ``heyi db``, ``doctor``, ``settings``."""
