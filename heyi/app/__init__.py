"""Use cases: load, look up, decide, save, in one transaction each."""
