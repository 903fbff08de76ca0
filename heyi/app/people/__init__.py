"""Units, people, posts, absences and where people are reached."""
