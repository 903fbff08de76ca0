"""Opens, moves, reads and lists cases."""
