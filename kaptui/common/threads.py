"""Names of threads that more than one part of the program must know."""

OPENER = "opener"
"""The thread that opens a file for the dashboard; the program ends without waiting for it."""
