"""What a workflow file means: whether every way through it can be gone and ends."""
