"""The command line: commands, their options, the two streams, and answers as text."""

from kaptui.cli.commands import main

__all__ = ["main"]
