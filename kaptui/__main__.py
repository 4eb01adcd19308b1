"""`kaptui`, and `python -m kaptui`."""

import sys


def main() -> None:
    """The command line; Ctrl+C is no traceback even while it is imported."""
    try:
        from kaptui.cli import main as command_line
    except KeyboardInterrupt:
        sys.stderr.write("kaptui: interrupted\n")
        sys.exit(130)
    command_line()


if __name__ == "__main__":
    main()
