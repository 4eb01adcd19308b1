"""A digest read back: the lists of the HTML and of the Markdown as rows of cells."""

from __future__ import annotations

import re
from html.parser import HTMLParser

Lists = dict[str, list[list[str]]]
"""The rows of each list, headings first, by the list's title; a list of words has one cell a row."""


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.lists: Lists = {}
        self._title = ""
        self._words: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "background")]
        if tag == "tr":
            self.lists[self._title].append([])
        if tag in ("td", "th", "h2", "p"):
            self._words = []

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._words is None or tag not in ("td", "th", "h2", "p"):
            return
        words = "".join(self._words)
        if tag == "h2":
            self._title = words
            self.lists[words] = []
        elif tag == "p" and self._title:
            self.lists[self._title].append([words])
        elif tag in ("td", "th"):
            self.lists[self._title][-1].append(words)
        self._words = None


def page(content: bytes) -> _Page:
    """A digest in HTML: its lists, the tags it uses, the addresses it names."""
    read = _Page()
    read.feed(content.decode())
    return read


def markdown(content: bytes) -> Lists:
    """A digest in Markdown, its escapes taken off again."""
    lists: Lists = {}
    title = ""
    for line in content.decode().splitlines():
        if line.startswith("## "):
            title = _plain(line[3:])
            lists[title] = []
        elif line.startswith("| ---"):
            continue
        elif line.startswith("|") and title:
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            lists[title].append([_plain(cell.strip()) for cell in cells])
        elif line and title:
            lists[title].append([_plain(line)])
    return lists


def _plain(words: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", words)
