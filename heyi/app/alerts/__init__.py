"""Alerts: worded, sent, shown; addresses and the day's digest."""
