"""A picture of the screen as a file, beside the exports."""

from __future__ import annotations

import re
from pathlib import Path

from kaptui.common.current_folder import current_folder
from kaptui.errors import KaptuiError

PAPER = "paper"
"""The theme of pictures that are to be printed."""

_FONTS = re.compile(r"@font-face\s*\{[^}]*\}\s*")
_SIZE = re.compile(r'clip-terminal">\s*<rect x="0" y="0" width="([\d.]+)" height="([\d.]+)"')
_VIEW = re.compile(r'viewBox="[^"]*"')
_WINDOW = re.compile(r'<rect fill="[^"]*" stroke=.*?(?=<g transform="translate\(\d+, \d+\)" clip-path)', re.DOTALL)
_MOVED = re.compile(r'<g transform="translate\(\d+, \d+\)" clip-path')


def for_paper(svg: str) -> str:
    """The picture of a light screen as it goes on paper: no window around it, and no font from a network.

    A picture that is made otherwise than expected stays as it is.
    """
    size = _SIZE.search(svg)
    if size is None or not _WINDOW.search(svg):
        return svg
    width, height = size.groups()
    svg = _FONTS.sub("", svg).replace("Fira Code, monospace", "DejaVu Sans Mono, Menlo, Consolas, monospace")
    svg = _VIEW.sub(f'viewBox="0 0 {width} {height}"', svg, count=1)
    svg = _WINDOW.sub(f'<rect width="{width}" height="{height}" fill="white"/>', svg, count=1)
    return _MOVED.sub("<g clip-path", svg, count=1)


def write_picture(svg: str, folder: Path | None, day: str, name: str) -> Path:
    """Write the picture as `<day>_<name>.svg`, with a number behind it where that is taken; where it stands.

    Without a `folder` it goes into the reader's documents. KaptuiError: it cannot be written.
    """
    from platformdirs import user_documents_path

    wanted = folder or user_documents_path()
    base = wanted if wanted.is_dir() else current_folder()
    numbers = ("", *(f"_{number}" for number in range(2, 1000)))
    target = next(path for end in numbers if not (path := base / f"{day}_{name}{end}.svg").exists())
    try:
        target.write_text(svg, encoding="utf-8")
    except OSError as error:
        raise KaptuiError(f"{target}: cannot be written: {error.strerror}") from error
    return target
