"""The board pack: its figures, its words, its place on disk."""
