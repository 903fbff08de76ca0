"""Checking what is stored: hashes, chains, folds."""
