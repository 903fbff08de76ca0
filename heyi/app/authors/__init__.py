"""Serves authors: checks and shows their files, plays their tests, measures coverage."""
