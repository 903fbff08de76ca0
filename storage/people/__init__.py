"""Units, people, posts and absences."""
