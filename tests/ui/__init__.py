"""Pilot tests of the dashboard."""
