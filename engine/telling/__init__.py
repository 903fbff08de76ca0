"""Workflows told to people: sentences and diagrams."""
