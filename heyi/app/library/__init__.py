"""Finds and publishes workflows, catalogues and profiles, and the folders they come from."""
