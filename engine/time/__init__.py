"""Computes with days, moments, calendars, recurrence and shares; knows no case."""
