"""The words by which a file says who may stand in a ``person`` field (language.md 8)."""

OFFICE, OUTSIDE, ANY = "office", "outside", "any"
OF = (OFFICE, OUTSIDE, ANY)
"""Somebody registered; somebody who is not; either."""
