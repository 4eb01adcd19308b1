"""Long runs, on request: what is tried too often or too long for the suite, or needs a server."""
