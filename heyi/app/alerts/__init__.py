"""Words, sends and shows alerts; keeps addresses and makes the daily digest."""
