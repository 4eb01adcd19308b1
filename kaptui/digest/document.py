"""A digest as one HTML file for a mail: light, no script, no network, no clock; equal digests are equal bytes."""

from __future__ import annotations

from pathlib import Path

from kaptui import __version__
from kaptui.digest.collect import Digest, Part
from kaptui.pack.document import MARK, POLICY
from kaptui.pack.html import Html, paragraph, text
from kaptui.pack.view_html import Links, drawn

HTML_MARK = f'{MARK} {__version__} digest">'


def html(digest: Digest) -> bytes:
    """The digest as a mail program shows it."""
    style = (Path(__file__).parent / "mail.css").read_text(encoding="utf-8")
    remarks = "".join(paragraph(one, "note") for one in digest.remarks)
    parts = "".join(map(_part, digest.parts))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{HTML_MARK}\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(digest.file)}: digest</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<h1>{text(digest.file)}: digest</h1>{paragraph(digest.said, 'said')}{paragraph(digest.basis, 'basis')}"
        f'{remarks}\n{parts}<p class="basis">n/a: not known, left out of sums. kaptui {__version__}</p>\n'
        "</body>\n</html>\n"
    ).encode()


def _part(part: Part) -> Html:
    ids = f'id="{text(part.id)}" data-question="{text(part.question)}" data-rows="{part.rows}"'
    return f"<section {ids}><h2>{text(part.title)}</h2>{drawn(part.view, Links())}</section>\n"
