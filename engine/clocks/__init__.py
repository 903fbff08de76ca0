"""Clocks: planned, run, paused, extended, rung, explained."""
