"""Plans, runs, pauses, extends, rings and explains the clocks of a case."""
