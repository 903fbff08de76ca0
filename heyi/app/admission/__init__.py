"""Decides whether a work item may be handed down; shows lists and reports."""
