"""Cases: opened, moved, read, listed."""
