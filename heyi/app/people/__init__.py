"""Keeps units, people, posts, absences and addresses."""
