"""Exports: nothing is lost, nothing runs, equal frames are equal bytes, and a file is whole or not there."""

from __future__ import annotations

import csv
import io
import json
import locale
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaptui import __version__, export
from kaptui.arrangement import Arrangement
from kaptui.errors import Exit, KaptuiError, UsageError
from kaptui.export import formats
from kaptui.filters import Context, Filters
from tests import hostile_text

HOSTILE = [
    "=1+1",
    "+49 30",
    "-x",
    "@sum",
    "\ttab",
    "\rreturn",
    "Line\nbreak",
    "\r\nboth",
    'Say "hi", [UK]; \x1b[31mred\x00',
    "النور\u202e",
    "🚀" * 200,
    "",
]
CONTEXT = Context(
    as_of=date(2026, 11, 14),
    since=date(2026, 8, 1),
    since_label="review Q3 2026",
    basis="gross",
    window="ttm",
    window_start=date(2025, 11, 1),
    window_end=date(2026, 10, 31),
    currency="EUR",
)


def answer_of(frame: pl.DataFrame, where: str = "region:DACH") -> export.Answer:
    """The frame as the answer to a question that no panel describes."""
    return export.Answer("ours", Filters(where=where), CONTEXT, "kap.duckdb", frame)


def written(frame: pl.DataFrame, target: Path, where: str = "region:DACH", *, force: bool = False) -> list[Path]:
    """Write the frame as the name of the target says."""
    answer = answer_of(frame, where)
    content = export.content([answer], export.format_of(target))
    return export.write(target, content, answer.meta(), force=force)


@pytest.fixture
def frame() -> pl.DataFrame:
    """Every kind of column; the names are as bad as they come."""
    count = len(HOSTILE)
    return pl.DataFrame(
        {
            "account_id": [str(i) for i in range(count)],
            "name": HOSTILE,
            "revenue": [
                0.1 + 0.2,
                1e21,
                1e-9,
                -0.0,
                None,
                float("nan"),
                float("inf"),
                -5.0,
                1.0,
                2.5,
                123456789.25,
                0.0,
            ],
            "exact": [Decimal("1234567890123456.78")] * count,
            "tier": [-1] * count,
            "met": [True, False, None] * (count // 3),
            "on": [date(2026, 1, 2)] * count,
            "sponsor": [["=R. Lind", "M. Osei"], [], None] * (count // 3),
        },
        schema_overrides={"exact": pl.Decimal(18, 2)},
    )


def reopened(content: bytes, separator: str = ",") -> list[list[str]]:
    """The cells as Python's own reader finds them."""
    return list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=separator, strict=True))


def test_raw_csv_loses_nothing(frame: pl.DataFrame) -> None:
    header, *rows = reopened(export.to_bytes(frame, "csv", raw=True))
    assert header == frame.columns
    assert [row[1] for row in rows] == HOSTILE
    assert [row[2] for row in rows] == [
        *("0.30000000000000004", "1000000000000000000000", "0.000000001", "0", "", "", ""),
        *("-5", "1", "2.5", "123456789.25", "0"),
    ]
    assert rows[0][3:] == ["1234567890123456.78", "-1", "true", "2026-01-02", "=R. Lind; M. Osei"]
    assert rows[1][5:] == ["false", "2026-01-02", ""]


def test_csv_runs_nothing_in_a_spreadsheet(frame: pl.DataFrame) -> None:
    header, *rows = reopened(export.to_bytes(frame.rename({"on": "=on"}), "csv"))
    assert header[6] == "'=on"
    assert [row[1] for row in rows] == ["'" + name if name[:1] in tuple("=+-@\t\r") else name for name in HOSTILE]
    assert rows[0][7] == "'=R. Lind; M. Osei"
    assert rows[0][4] == "-1"  # a number is no text


def test_csv_ends_lines_as_rfc_4180_says() -> None:
    assert export.to_bytes(pl.DataFrame({"a": [1], "b": ["x"]}), "csv") == b"a,b\r\n1,x\r\n"


@given(st.lists(st.tuples(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False)), max_size=5))
def test_any_row_survives_csv(rows: list[tuple[str, float]]) -> None:
    frame = pl.DataFrame(rows, schema={"name": pl.String, "amount": pl.Float64}, orient="row")
    cells = reopened(export.to_bytes(frame, "csv", raw=True))[1:]
    assert [(name, float(amount)) for name, amount in cells] == rows
    assert not any("e" in amount for _, amount in cells)


@pytest.mark.parametrize(("comma", "text"), [(True, "\ufeffa;b\r\n1,5;x\r\n"), (False, "\ufeffa,b\r\n1.5,x\r\n")])
def test_excel_flavour_follows_the_locale(comma: bool, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "decimal_comma", lambda: comma)
    assert export.to_bytes(pl.DataFrame({"a": [1.5], "b": ["x"]}), "csv", excel=True) == text.encode()


@pytest.mark.parametrize(
    ("told", "comma"), [("de_DE.UTF-8", True), ("de_CH.UTF-8", False), ("C", False), ("xx_XX", False)]
)
def test_decimal_comma_is_known_without_the_locale(told: str, comma: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    before = locale.setlocale(locale.LC_NUMERIC)
    monkeypatch.setenv("LC_ALL", told)
    assert export.decimal_comma() is comma
    assert locale.setlocale(locale.LC_NUMERIC) == before


def test_json_holds_every_value(frame: pl.DataFrame) -> None:
    rows = json.loads(export.to_bytes(frame, "json"))
    assert [row["name"] for row in rows] == HOSTILE
    assert rows[0] == {
        "account_id": "0",
        "name": "=1+1",
        "revenue": 0.1 + 0.2,
        "exact": 1234567890123456.78,
        "tier": -1,
        "met": True,
        "on": "2026-01-02",
        "sponsor": ["=R. Lind", "M. Osei"],
    }
    assert rows[5]["revenue"] is None


def test_json_escapes_what_a_terminal_obeys_and_nobody_sees() -> None:
    """A CSV file has no escape for them: it keeps what it was given, and `show` makes it harmless on a terminal."""
    frame = pl.DataFrame({"name": [*hostile_text.TEXTS, "\U000e0041 tag", "\x00"]})
    written = export.to_bytes(frame, "json").decode()
    assert not hostile_text.controls(written)
    assert written.isascii() is False, "letters stay letters"
    assert "\U000e0041" not in written
    assert [row["name"] for row in json.loads(written)] == frame["name"].to_list()


def test_parquet_is_the_frame_itself(frame: pl.DataFrame) -> None:
    assert pl.read_parquet(io.BytesIO(export.to_bytes(frame, "parquet"))).equals(frame)


def test_a_value_csv_cannot_hold_is_refused() -> None:
    with pytest.raises(KaptuiError, match="cannot be written as csv"):
        export.to_bytes(pl.DataFrame({"a": [{"b": 1}]}), "csv")


@pytest.mark.parametrize("format", export.FORMATS)
def test_equal_frames_are_equal_bytes_and_empty_ones_work(format: export.Format, frame: pl.DataFrame) -> None:
    first, second, empty = (export.content([answer_of(one)], format) for one in (frame, frame.clone(), frame.clear()))
    assert first == second
    assert empty


def test_meta_says_what_the_numbers_are_without_a_clock() -> None:
    answer = answer_of(pl.DataFrame({"a": range(12)}))
    assert answer.meta() == export.meta([answer])
    assert answer.meta() == {
        "question": "ours",
        "filter": "region:DACH",
        "as_of": "2026-11-14",
        "since": "2026-08-01",
        "window": "ttm",
        "window_start": "2025-11-01",
        "window_end": "2026-10-31",
        "basis": "gross",
        "currency": "EUR",
        "rates": "monthly",
        "rows": 12,
        "file": "kap.duckdb",
        "kaptui_version": __version__,
    }


def test_meta_of_several_answers_says_once_what_they_share() -> None:
    one = answer_of(pl.DataFrame({"a": [1, 2], "b": [1, 2]}))
    other = export.Answer("others", one.filters, CONTEXT, "kap.duckdb", one.frame, Arrangement(("a", True), ("a",)))
    about = export.meta([one, other])
    assert about["sheets"] == [
        {"question": "ours", "rows": 2},
        {"question": "others", "rows": 2, "sort": "a:desc", "columns": "a"},
    ]
    assert about["filter"] == "region:DACH"
    assert "rows" not in about
    assert other.rows["a"].to_list() == [2, 1]
    with pytest.raises(UsageError, match="2 questions"):
        export.content([one, other], "csv")


def test_write_puts_data_and_meta_side_by_side(tmp_path: Path, frame: pl.DataFrame) -> None:
    target = tmp_path / "my.export.csv"
    files = written(frame, target)
    assert files == [target, tmp_path / "my.export.csv.meta.json"]
    assert target.read_bytes() == export.to_bytes(frame, "csv")
    assert json.loads(files[1].read_text(encoding="utf-8")) == answer_of(frame).meta()
    assert sorted(tmp_path.iterdir()) == sorted(files)


def test_two_formats_never_share_their_meta(tmp_path: Path, frame: pl.DataFrame) -> None:
    written(frame, tmp_path / "x.csv")
    written(frame, tmp_path / "x.parquet", "tier:1")
    assert json.loads((tmp_path / "x.csv.meta.json").read_text())["filter"] == "region:DACH"
    assert json.loads((tmp_path / "x.parquet.meta.json").read_text())["filter"] == "tier:1"
    with pytest.raises(UsageError, match=r"x\.csv"):
        written(frame, tmp_path / "x.csv")


def test_a_missing_folder_is_a_usage_error(tmp_path: Path, frame: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="no such folder") as refused:
        written(frame, tmp_path / "none" / "x.csv")
    assert refused.value.exit_code is Exit.USAGE


@pytest.mark.parametrize("there", ["x.csv", "x.csv.meta.json"])
def test_an_existing_file_needs_force(there: str, tmp_path: Path, frame: pl.DataFrame) -> None:
    (tmp_path / there).write_text("precious")
    with pytest.raises(UsageError, match=there):
        written(frame, tmp_path / "x.csv")
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text() == "precious"
    written(frame, tmp_path / "x.csv", force=True)
    assert (tmp_path / there).read_text(encoding="utf-8") != "precious"


@pytest.mark.parametrize("folder", ["x.csv", "x.csv.meta.json"])
def test_a_folder_is_never_replaced_and_nothing_is_half_written(
    folder: str, tmp_path: Path, frame: pl.DataFrame
) -> None:
    (tmp_path / folder).mkdir()
    with pytest.raises(UsageError, match="no file that can be replaced"):
        written(frame, tmp_path / "x.csv", force=True)
    assert [path.name for path in tmp_path.iterdir()] == [folder]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("letters", [245, 300])
def test_a_name_too_long_writes_nothing(letters: int, force: bool, tmp_path: Path, frame: pl.DataFrame) -> None:
    """Also where only the name of the meta data is: 255 is what most disks take."""
    with pytest.raises(KaptuiError, match="too long"):
        written(frame, tmp_path / f"{'x' * letters}.csv", force=force)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_seen_is_an_error_and_no_crash(
    tmp_path: Path, frame: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(self: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "lstat", locked)
    with pytest.raises(KaptuiError, match="Permission denied"):
        written(frame, tmp_path / "x.csv")


def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, frame: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x.csv"
    written(frame, target)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as half:
            half.write(content[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(KaptuiError, match="No space left"):
        written(frame.head(1), target, force=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_link_keeps_pointing(tmp_path: Path, frame: pl.DataFrame) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    written(frame, link, force=True)
    assert link.is_symlink()
    assert real.read_bytes() == export.to_bytes(frame, "csv")


def test_format_of_a_name() -> None:
    assert export.format_of(Path("a/X.CSV")) == "csv"
    assert export.format_of(Path("x.parquet")) == "parquet"
    with pytest.raises(UsageError, match="xls"):
        export.format_of(Path("x.xls"))
