"""Stores the index of open clocks, the calendars, and the rounds that were run."""
