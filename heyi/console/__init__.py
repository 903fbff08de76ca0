"""What a browser or a monitor is shown; it knows services through the bootstrap alone."""
