"""Answers against the independent reference, worked out by hand, and by what holds for all data."""
