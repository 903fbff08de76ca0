"""Draws workflows as SVG with a layered layout of its own, and lists the same in words. Pure."""
