"""Names of threads that more than one part of the program must know: it ends without waiting for them."""

OPENER = "opener"
"""The thread that opens a file for the dashboard."""
ENGINE = "engine"
"""The thread that waits for a warehouse."""
