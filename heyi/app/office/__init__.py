"""People and posts, scheduled rounds, and what an operator should know."""
