"""How quick kaptui is, against a floor measured in the same run: `python -m tests.benchmarks [names...]`.

No tests: pytest does not collect them. They need a POSIX system, for its pseudo terminals.
"""
