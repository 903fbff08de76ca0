"""What authors use: their tests, coverage, a workflow told in words."""
