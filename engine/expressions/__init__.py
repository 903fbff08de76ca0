"""Expressions: CEL, type-checked on load; only BOOL true grants."""
