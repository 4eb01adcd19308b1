"""Where the SQL files and the sample portfolio lie: beside the package in a wheel, else in the checkout."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

SAMPLE = "sample portfolio"
"""What the sample portfolio is called on screen: it is in no file."""

SHIPPED_MAPPINGS: Mapping[str, str] = {
    "salesforce": "Data Loader exports of Account, Contact, User, Event, Task, AccountPlan, AccountPlanObjective and "
    "AccountPlanObjectiveMeasure",
}
"""The mappings that kaptui ships, by name: what each reads."""


@cache
def _folder(name: str) -> Path:
    packaged = _PACKAGE / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def queries_dir() -> Path:
    """The folder of schema, load, check, model and panel SQL."""
    return _folder("queries")


def mapping_dir(name: str) -> Path:
    """The folder of a shipped mapping."""
    return queries_dir() / "mappings" / name


def sample_dir() -> Path:
    """The folder of the sample portfolio's CSV files."""
    return _folder("sample_data")


@cache
def query_text(folder: str, name: str) -> str:
    """The SQL of one file of queries, by its folder and its name without ending."""
    return (queries_dir() / folder / f"{name}.sql").read_text(encoding="utf-8")
