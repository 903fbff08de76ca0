"""Checks whether every state of a workflow can be reached and every case can end."""
