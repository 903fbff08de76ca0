"""Workflow files: read with places, typed, checked for meaning, compiled to what steps use."""
