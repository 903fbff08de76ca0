"""Verifies what is stored: hashes, chains, folds."""
