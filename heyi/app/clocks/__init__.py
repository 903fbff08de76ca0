"""Sweeps, lists, explains and re-plans clocks; loads calendars."""
