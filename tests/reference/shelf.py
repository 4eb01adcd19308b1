"""Small facts, loaded once into the engine and read once by the reference."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kaptui.loading import into_memory, load
from kaptui.portfolio import Portfolio
from tests.reference.answers import write_facts
from tests.reference.facts import Facts


def load_portfolio(source: Path, target: Path, mapping: Path | None = None) -> Portfolio:
    """Load a folder of CSV files into a kaptui file and open it."""
    load(source, target, mapping=mapping)
    return Portfolio.open(target)


class Shelf:
    """Facts and portfolios of small tables, made on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, Path] = {}
        self._facts: dict[Path, Facts] = {}
        self._portfolios: dict[Path, Portfolio] = {}

    def _source(self, tables: Mapping[str, str]) -> Path:
        key = repr(sorted(tables.items()))
        if key not in self._sources:
            folder = self._folder / f"facts-{len(self._sources)}"
            folder.mkdir()
            write_facts(folder, tables)
            self._sources[key] = folder
        return self._sources[key]

    def facts(self, tables: Mapping[str, str]) -> Facts:
        """The tables as the reference reads them."""
        source = self._source(tables)
        if source not in self._facts:
            self._facts[source] = Facts.read(source)
        return self._facts[source]

    def portfolio(self, tables: Mapping[str, str]) -> Portfolio:
        """The tables as the engine loads them."""
        source = self._source(tables)
        if source not in self._portfolios:
            self._portfolios[source] = Portfolio.over(into_memory(source), source.name)
        return self._portfolios[source]

    def close(self) -> None:
        """Let go of every database."""
        for portfolio in self._portfolios.values():
            portfolio.close()
