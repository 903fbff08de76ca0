"""Compiles a checked file into a workflow that steps can use."""
