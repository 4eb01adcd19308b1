"""The digest: what a mail sent by cron tells of a portfolio since its last review. Markdown is made by the CLI."""

from __future__ import annotations

from kaptui.digest.collect import LAST, Digest, Part, collect
from kaptui.digest.document import html
from kaptui.digest.place import MARKDOWN_TITLE, check_place, form_of, write

__all__ = ["LAST", "MARKDOWN_TITLE", "Digest", "Part", "check_place", "collect", "form_of", "html", "write"]
