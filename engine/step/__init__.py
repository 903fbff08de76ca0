"""Decides a move: returns a step, or refuses it with every reason."""
