"""Checks the promises of rule packs on a file's own graph and guards.

A pack is data; this package gives it words. It chooses parts of a file by what they *mean*
(tags), by outcome and by effect, never by name, and knows nothing of what the words stand for.
"""
