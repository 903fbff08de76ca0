"""The commands ``heyi sign-in`` and ``heyi sign-out``, and those of accounts."""
