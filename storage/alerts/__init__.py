"""Messages owed and on their way, and where people are reached."""
