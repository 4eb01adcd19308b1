"""A picture of the screen as a file, beside the exports."""

from __future__ import annotations

from pathlib import Path

from kaptui.errors import KaptuiError


def write_picture(svg: str, folder: Path | None, day: str, name: str) -> Path:
    """Write the picture as `<day>_<name>.svg`, with a number behind it where that is taken; where it stands.

    Without a `folder` it goes into the reader's documents. KaptuiError: it cannot be written.
    """
    from platformdirs import user_documents_path

    wanted = folder or user_documents_path()
    base = wanted if wanted.is_dir() else Path.cwd()
    numbers = ("", *(f"_{number}" for number in range(2, 1000)))
    target = next(path for end in numbers if not (path := base / f"{day}_{name}{end}.svg").exists())
    try:
        target.write_text(svg, encoding="utf-8")
    except OSError as error:
        raise KaptuiError(f"{target}: cannot be written: {error.strerror}") from error
    return target
