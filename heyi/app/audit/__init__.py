"""Evidence: whether what is kept is what was recorded."""
