"""The digest: its figures read back out of what is written, text as text, and its place on disk."""
