"""Stores cases, their events and sealed values, numbers and requests."""
