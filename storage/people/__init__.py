"""Stores units, people, posts and absences."""
