"""A digest in its place on disk: whole or not at all, over an earlier digest, never over another file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kaptui.errors import KaptuiError, UsageError
from kaptui.pack import write as pack_file
from kaptui.pack.document import MARK

Form = Literal["html", "md"]
FORMS: dict[str, Form] = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}
MARKDOWN_TITLE = "# kaptui digest: "
"""How a digest in Markdown begins; it tells one from any other file."""
_HEAD_BYTES = 400


def form_of(target: Path) -> Form:
    """As what a digest of this name is written. UsageError: no digest is called so."""
    form = FORMS.get(target.suffix.lower())
    if form is None:
        raise UsageError(f"{target}: no digest is called '{target.suffix}'", "end the name in .html or .md")
    return form


def check_place(target: Path, *, force: bool) -> None:
    """UsageError: the folder is missing, or something else than a digest is there and `force` is not given."""
    pack_file.check_place(target, force=True)
    try:
        if target.exists() and not force and not _is_digest(target):
            raise UsageError(f"{target}: is already there, and no digest", "--force replaces it")
    except OSError as error:
        raise KaptuiError(f"{target}: cannot be read: {error.strerror}", "choose another name") from error


def write(target: Path, content: bytes, *, force: bool = False) -> None:
    """Write the digest, whole or not at all. UsageError as `check_place`; KaptuiError: it cannot be written."""
    check_place(target, force=force)
    pack_file.write(target, content, force=True)


def _is_digest(path: Path) -> bool:
    """Whether kaptui wrote it as a digest, this version or another."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return head.startswith(MARKDOWN_TITLE.encode()) or (MARK.encode() in head and b' digest">' in head)
