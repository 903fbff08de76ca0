"""Reads workflow files: the YAML reader, the models of every part, expressions, codes."""
