"""Clocks and calendars: swept, listed, explained, loaded, planned anew."""
