"""Stores published workflows and catalogues: versions that never change."""
