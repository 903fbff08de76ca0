"""Stores alerts, their deliveries, and the addresses of people and units."""
