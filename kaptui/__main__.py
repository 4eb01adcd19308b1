"""`kaptui`, and `python -m kaptui`."""

import os
import sys
from typing import NoReturn


def main() -> None:
    """The command line; Ctrl+C is no traceback even while it is imported."""
    keep_streams()
    try:
        from kaptui.common import endings
    except KeyboardInterrupt:
        _end("interrupted", 130)
    try:
        endings.interrupt_on_end()
        from kaptui.cli import main as command_line
    except BaseException as error:
        if not endings.is_told() and not isinstance(error, KeyboardInterrupt):
            raise
        _end(endings.word(), endings.code(130))  # what is being imported may make another error of the interrupt
    command_line()


def _end(word: str, code: int) -> NoReturn:
    """Say so and end here and now.

    Called with `-m`, Python ends itself by SIGINT after an interrupt that came while a library ran `exec`, though it
    was caught.
    """
    sys.stderr.write(f"kaptui: {word}\n")
    sys.stderr.flush()
    os._exit(code)


def keep_streams() -> None:
    """Give a standard stream that was closed (`>&-`) to nobody: the next file opened would take its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one


if __name__ == "__main__":
    main()
