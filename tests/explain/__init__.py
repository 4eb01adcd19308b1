"""Explanations: their numbers, what they say lifts them, and the rows they name."""
