"""A pack as PDF: the template sets the pages, the data come as data. The extra `kaptui[pack]` brings what sets them."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from kaptui.errors import KaptuiError
from kaptui.pack.paper import Data


def printed(pages: Data) -> bytes:
    """The pages as one PDF, without a clock in it: equal pages are equal bytes with the same fonts on the machine.

    KaptuiError: they cannot be set.
    """
    template = (Path(__file__).parent / "pack.typ").read_bytes()
    try:
        content = typst.compile(template, sys_inputs={"data": json.dumps(pages)}, format="pdf")
    except typst.TypstError as error:
        raise KaptuiError(
            f"the pages cannot be set: {error.message}", "write .html and print it from a browser"
        ) from error
    if not isinstance(content, bytes):
        raise KaptuiError("the pages cannot be set as one file", "write .html and print it from a browser")
    return content
