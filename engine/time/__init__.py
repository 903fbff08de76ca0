"""Days, moments, calendars, recurrence, shares: arithmetic that knows no case."""
