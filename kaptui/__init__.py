"""kaptui: which key accounts need the director, and why. One file, offline, in a terminal."""

__version__ = "0.1.0"
