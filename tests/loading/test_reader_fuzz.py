"""DuckDB's reader and the reader of records say the same of every file, and what is not read is told."""

from __future__ import annotations

import csv
import io
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import duckdb
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kaptui.facts.schema import shipped_schema
from kaptui.loading import check, delimited
from kaptui.loading.findings import Unreadable
from kaptui.loading.text_file import open_text
from kaptui.resources import query_text
from tests.examples import portfolios

ACCOUNT = shipped_schema()["account"].columns
_CELLS = st.one_of(
    st.sampled_from(
        ["", "A1", "Acme", "12.500", "1.234,50", '"', '""', "a;b", "a,b", "Total", " x ", "\t", "\u00a0y", "'=1"]
    ),
    st.text(alphabet="ab1 ,;|\"'\n\r\t.é€\u00a0\ufeff", max_size=8),
)
_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A good file, spoilt: rows of other widths, titles above, odd quotes, other line ends, a byte changed or cut."""
    separator = draw(st.sampled_from([",", ";", "\t", "|"]))
    text = io.StringIO()
    every = draw(st.booleans())
    quoting: Literal[0, 1] = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=draw(_ENDS))
    writer.writerow(["account_id", "name", "region"])
    whole = st.lists(_CELLS, min_size=3, max_size=3)
    writer.writerows(draw(st.lists(whole, max_size=6)))
    if draw(st.booleans()):
        text.write(separator.join(draw(st.lists(_CELLS, max_size=5))) + draw(_ENDS))
    data = draw(st.sampled_from(["", "sep=;\n", "Report\n", "\n\n"])).encode() + text.getvalue().encode()
    if draw(st.booleans()):
        data = data.decode().encode(draw(st.sampled_from(["cp1252", "utf-16", "utf-8-sig"])), "ignore")
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(data)))
        data = data[:place] + draw(st.sampled_from([b"", b'"', b"\n", b"\xff", b"\0", b"\r"])) + data[place + 1 :]
    return data


Rows = list[tuple[str | None, ...]]


def both_readings(data: bytes, folder: Path) -> tuple[Rows | None, Rows]:
    """The rows as DuckDB reads them where it would be let to (else None), and record by record; blank ones left out."""
    path = folder / "account.csv"
    path.write_bytes(data)
    text = open_text(path, folder / "copy.utf8")
    form = delimited.find_format(text, ACCOUNT, ["account_id", "name"])
    columns = ", ".join(f"as_text(c{n})" for n in range(len(form.header)))
    with closing(duckdb.connect()) as connection:
        connection.execute(query_text("load", "cast"))

        def rows(cells: str) -> Rows:
            found = connection.execute(f"from {cells} select {columns}").fetchall()
            return [row for row in found if any(cell is not None for cell in row)]

        quick = None
        if cells := delimited.readable_in_place(text, form, "account.csv"):
            with suppress(duckdb.InvalidInputException):
                count = connection.execute(f"from {cells.rows} select count(*)").fetchall()[0][0]
                quick = rows(cells.rows) if count == cells.expected else None
        return quick, rows(delimited.whole_copy(text, form, "account.csv", folder / "copy.csv").rows)


@given(files())
@example(b'account_id,name\nA, "B"\nC,"D" \n')
@example(b'account_id,name\r\nA,"x\r\ny"\nC,D\r\n')
@example(b"account_id,name\n\tA ,\xc2\xa0B\n")
@example(b'account_id\tname\nA\t"\tB"\n')
@example(b'account_id,name\nA,B"C\nD",E\n')
def test_two_readers_one_reading(data: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(Unreadable):
        quick, slow = both_readings(data, Path(folder))
        assert quick is None or quick == slow


@settings(max_examples=portfolios(60), suppress_health_check=list(HealthCheck), deadline=None)
@given(files())
def test_no_file_is_lost_without_a_word(data: bytes) -> None:
    """Rows that are not among the facts are blank, or a finding says that they are not."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        (source / "account.csv").write_bytes(data)
        report = check(source)
        told = [each for each in report.findings if each.rule in {"source", "ragged", "header", "total", "value"}]
        if told:
            assert all(str(each) for each in told)
            return
        text = open_text(source / "account.csv", Path(folder) / "copy.utf8")
        form = delimited.find_format(text, ACCOUNT, ["account_id", "name"])
        records = list(delimited.records(text, form))
        assert not any(isinstance(record, delimited.Ragged) for record in records)
        named = [n for n, name in enumerate(form.header) if name.strip()]
        filled = [cells for _, cells in records if any(cells[n].strip() for n in named)]  # type: ignore[misc]
        assert report.rows["account"] == len(filled)
