"""The commands that keep running: ``heyi serve``, ``worker``, ``deploy``."""
