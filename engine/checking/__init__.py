"""Checks whether a file means what it should: soundness, and the promises of rule packs."""
