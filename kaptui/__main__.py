"""`kaptui`, and `python -m kaptui`."""

import os
import sys


def main() -> None:
    """The command line; Ctrl+C is no traceback even while it is imported."""
    keep_streams()
    from kaptui.common import endings

    try:
        endings.interrupt_on_end()
        from kaptui.cli import main as command_line
    except KeyboardInterrupt:
        sys.stderr.write(f"kaptui: {endings.word()}\n")
        sys.exit(endings.code(130))
    command_line()


def keep_streams() -> None:
    """Give a standard stream that was closed (`>&-`) to nobody: the next file opened would take its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one


if __name__ == "__main__":
    main()
