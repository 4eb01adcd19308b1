"""Text and elements of HTML: whatever comes from data is text, never markup, and cannot turn the text around it."""

from __future__ import annotations

from html import escape

from kaptui.text import clean

Html = str
"""A piece of HTML, with every text in it escaped."""


def text(value: str) -> Html:
    """Text as HTML shows it: markup escaped, controls and bidi controls as visible marks, line breaks as blanks."""
    return escape(clean(value).strip(), quote=True)


def link(target: str, words: str) -> Html:
    """A link to the page of this anchor in the same file; plain words where there is none."""
    return f'<a href="#{target}">{text(words)}</a>' if target else text(words)


def paragraph(words: str, kind: str = "") -> Html:
    """One paragraph; nothing where there is nothing to say."""
    return f"<p{classes(kind)}>{text(words)}</p>" if words.strip() else ""


def classes(*names: str) -> Html:
    """The attribute that names the style of an element; nothing without any name."""
    named = " ".join(name for name in names if name)
    return f' class="{named}"' if named else ""


def hover(words: str) -> Html:
    """The attribute that says more where the pointer rests; nothing where there is nothing more to say."""
    return f' title="{text(words)}"' if words.strip() else ""
