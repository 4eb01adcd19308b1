"""Saved views: written whole or not at all, read back as they were, and never over a file that is broken."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaptui import saved_views
from kaptui.errors import Exit, KaptuiError, UsageError
from kaptui.saved_views import SavedView

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
VIEWS = st.lists(
    st.builds(
        SavedView,
        name=TEXT,
        where=TEXT,
        as_of=st.none() | st.dates(),
        since=st.none() | TEXT.filter(bool),
        basis=st.sampled_from([None, "gross", "contribution"]),
        window=st.sampled_from(["ttm", "ytd"]),
        rates=st.sampled_from(["monthly", "constant"]),
        screen=TEXT,
        question=TEXT,
        sort=TEXT,
        columns=st.lists(TEXT, max_size=3).map(tuple),
    ),
    max_size=4,
    unique_by=lambda view: view.name,
)
DACH = SavedView(
    "DACH weak", "region:DACH top<34", date(2026, 9, 30), "Q2 2026", "gross", "ytd", "overview", "accounts"
)


@given(views=VIEWS)
def test_what_is_written_is_read_back(views: list[SavedView], tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("views") / "views.toml"
    saved_views.write(file, views)
    assert saved_views.read(file) == views


def test_saving_replaces_the_same_name_in_its_place_and_deleting_takes_one(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "views.toml"
    assert saved_views.read(file) == []
    for view in (DACH, SavedView("other"), SavedView("DACH weak", "tier:1")):
        saved_views.save(file, view)
    assert saved_views.read(file) == [SavedView("DACH weak", "tier:1"), SavedView("other")]
    saved_views.delete(file, "DACH weak")
    saved_views.delete(file, "never there")
    assert [view.name for view in saved_views.read(file)] == ["other"]
    assert [path.name for path in file.parent.iterdir()] == ["views.toml"]
    with pytest.raises(UsageError):
        saved_views.save(file, SavedView("  "))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('["a"]\nwhere = "x"\nwhere = "y"\n', 3, "overwrite"),
        ('["a"]\nwhere = \n', 2, "value"),
        ('["a"]\nwhere = "x', 2, "Unterminated"),
        ('# c\n["a"]\nsort = "x"\n["b"]\nwere = "x"\n', 5, "unknown key 'were' in view 'b'"),
        ('["a"]\nwhere = 7\n', 2, "must be text in quotes"),
        ('["a"]\ncolumns = ["x", 7]\n', 2, "must be a list of names"),
        ('["a"]\nas_of = 2026-09-30T10:00:00\n', 2, "must be a date"),
        ('["a"]\n\nwindow = "year"\n', 3, "must be ttm or ytd"),
        ('name = "a"\n', 1, "outside a view"),
        ('a.where = ["x"]\n', 1, "must be text in quotes"),
    ],
)
def test_a_broken_file_says_where_and_is_never_overwritten(tmp_path: Path, text: str, line: int, said: str) -> None:
    file = tmp_path / "views.toml"
    file.write_text(text)
    for attempt in (saved_views.read, lambda at: saved_views.save(at, DACH), lambda at: saved_views.delete(at, "a")):
        with pytest.raises(KaptuiError) as error:
            attempt(file)
        assert f"views.toml, line {line}: " in error.value.message
        assert said.lower() in error.value.message.lower()
    assert file.read_text() == text


def test_a_file_that_is_no_utf8_or_a_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "views.toml"
    file.write_bytes(b'["a"]\nwhere = "\xff"\n')
    with pytest.raises(KaptuiError, match="no UTF-8"):
        saved_views.read(file)
    with pytest.raises(KaptuiError, match=str(tmp_path.name)):
        saved_views.read(tmp_path)


def test_a_write_that_fails_leaves_the_former_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "views.toml"
    saved_views.save(file, DACH)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KaptuiError, match="No space left"):
        saved_views.save(file, SavedView("other"))
    assert saved_views.read(file) == [DACH]
    assert [path.name for path in tmp_path.iterdir()] == ["views.toml"]
    with pytest.raises(KaptuiError, match="broken letter"):
        saved_views.save(file, SavedView("\ud800"))
    assert saved_views.read(file) == [DACH]


def test_a_linked_file_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "views.toml"
    real.write_text("")
    link.symlink_to(real)
    saved_views.save(link, DACH)
    assert link.is_symlink()
    assert tomllib.loads(real.read_text())["DACH weak"]["as_of"] == date(2026, 9, 30)


def test_names_are_found_in_any_case_and_others_get_the_nearest() -> None:
    views = [DACH, SavedView("a"), SavedView("A")]
    assert saved_views.find("dach WEAK", views) is DACH
    assert saved_views.find("A", views) is views[2]
    with pytest.raises(UsageError) as error:
        saved_views.find("dahc weak", views)
    assert error.value.hint == "did you mean 'DACH weak'?"
    assert error.value.exit_code == Exit.USAGE
    with pytest.raises(UsageError, match="no saved view"):
        saved_views.find("a", [SavedView("A"), SavedView("á")][1:])


def test_the_command_line_takes_a_view_and_options_go_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from kaptui.cli import main

    monkeypatch.setenv("KAPTUI_CONFIG_DIR", str(tmp_path))
    saved_views.save(tmp_path / "views.toml", SavedView("Nordics", "region:Nordics", date(2026, 8, 31), window="ytd"))

    def said(*args: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as end:
            main(["demo", *args])
        out = capfd.readouterr()
        return end.value.code, out.out + out.err

    code, text = said("--view", "nordics")
    assert code == 0
    assert "as of 31 Aug 2026" in text
    assert "year" in text
    assert "8 of 48 accounts" in text
    code, text = said("--view", "Nordics", "--where", "region:DACH", "--window", "ttm")
    assert "12 of 48 accounts" in text
    assert "12 months" in text
    assert "as of 31 Aug 2026" in text
    code, text = said("--view", "Nordic")
    assert (code, "did you mean 'Nordics'?" in text) == (Exit.USAGE, True)
    (tmp_path / "views.toml").write_text("[x\n")
    code, text = said("--view", "Nordics")
    assert (code, "views.toml, line 1: " in text) == (Exit.DATA, True)
