"""The list of what kaptui brings with it, with licences, in README.md: true against what is installed."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"
FREE = {"MIT", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "Apache-2.0 AND MIT", "PSF-2.0"}
"""Licences under which a company may use and pass on what it installs without asking."""
_OTHERWISE = {
    "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}


def listed() -> dict[str, tuple[str, str]]:
    """Name -> (licence, what brings it: kaptui or one of its extras), as README.md has them."""
    part = README.read_text(encoding="utf-8").partition("### What comes with it")[2].partition("\n##")[0]
    rows = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \| ([^|]+) \|", part, re.MULTILINE)
    return {canonical(name): (licence.strip(), by.strip()) for name, licence, by in rows if name != "package"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str) -> str:
    """As the package's own metadata have it; words and classifiers become the usual short names."""
    found = metadata(name)
    words = [word for key in ("License-Expression", "License", "Classifier") for word in found.get_all(key) or []]
    told = [_OTHERWISE.get(word, word) for word in words if "\n" not in word]
    return next((word for word in told if word in FREE), str(told[:3]))


def brought(names: list[str]) -> dict[str, str]:
    """What the packages bring, and what that brings: canonical name -> licence; of what is installed here."""
    found: dict[str, str] = {}
    while names:
        name = canonical(names.pop())
        if name in found:
            continue
        try:
            found[name] = licence(name)
        except PackageNotFoundError:
            continue
        names += [each[0] for each in needs(name) if not each[1]]
    return found


def needs(name: str) -> list[tuple[str, str]]:
    """Name and extra ("" for none) of what a package asks for on this system or on another."""
    found = []
    for line in requires(name) or []:
        extra = re.search(r"extra == ['\"]([\w-]+)['\"]", line)
        match = re.match(r"[\w.-]+", line)
        assert match is not None, line
        found.append((match[0], extra[1] if extra else ""))
    return found


@pytest.mark.parametrize("extra", ["", "web", "pack", "warehouse"])
def test_what_comes_with_kaptui_is_listed_with_its_licence(extra: str) -> None:
    core = brought([name for name, of in needs("kaptui") if not of])
    found = core if not extra else brought([name for name, of in needs("kaptui") if of == extra])
    if extra and not found:
        pytest.skip("the extra is not installed")
    told = {name: one[0] for name, one in listed().items()}
    assert {name: told.get(name) for name in found} == found
    assert set(found.values()) <= FREE
    by = f"kaptui[{extra}]" if extra else "kaptui"
    assert {name for name, one in listed().items() if one[1] == by} <= set(found) | {
        "typing-extensions",
        "async-timeout",
    }
