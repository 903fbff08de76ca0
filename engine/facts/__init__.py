"""Computes the facts that guards read, who holds which role, and who may read what."""
