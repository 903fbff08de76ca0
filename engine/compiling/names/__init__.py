"""Every name that a file refers to exists."""
