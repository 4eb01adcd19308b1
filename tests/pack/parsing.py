"""A pack read back with the standard library: pages, panels, and every figure in them, as a browser would find them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br"}


@dataclass
class Element:
    """An element with what is in it, elements and texts in order."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    def all(self, tag: str, kind: str = "") -> Iterator[Element]:
        """Every element below of this tag ("*" any), and of this class if one is given."""
        for one in self.inside:
            if isinstance(one, Element):
                if tag in (one.tag, "*") and (not kind or kind in one.attributes.get("class", "").split()):
                    yield one
                yield from one.all(tag, kind)

    @property
    def text(self) -> str:
        """All words in it."""
        return "".join(one if isinstance(one, str) else one.text for one in self.inside)

    def texts(self, tag: str, kind: str = "") -> list[str]:
        """The words of every such element below."""
        return [one.text for one in self.all(tag, kind)]

    def rows(self) -> list[list[str]]:
        """The cells of its table rows, the heading among them."""
        return [[one.text for one in row.inside if isinstance(one, Element)] for row in self.all("tr")]


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"<{self._open[-1].tag}> is closed by </{tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def parsed(content: bytes) -> Element:
    """The whole file; every element in it must be closed where it was opened."""
    tree = _Tree()
    tree.feed(content.decode("utf-8"))
    tree.close()
    assert tree.root is tree._open[-1], "an element is not closed"
    return tree.root


def pages(content: bytes) -> dict[str, Element]:
    """The pages of a pack by their anchors, in their order."""
    return {one.attributes["id"]: one for one in parsed(content).all("article")}


def panels(page: Element) -> list[Element]:
    """The panels of a page, in their order."""
    return list(page.all("section"))
