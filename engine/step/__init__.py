"""A move becomes a step, or is refused with every reason."""
