"""The index of open clocks, calendars, the rounds that were run."""
