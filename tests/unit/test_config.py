"""A config with errors starts anyway, and every error names its line and the nearest word."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaptui.config import Config, Vocabulary, read

WORDS = Vocabulary(
    ("calm", "paper"),
    {"filter": "slash", "sort": "s", "row.up": "up,k", "close": "escape", "back": "escape", "clear": "x"},
    lambda key: {"?": "question_mark", "/": "slash"}.get(
        key, key if len(key) == 1 or "+" in key or key == "escape" else None
    ),
)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the config file is looked for."""
    monkeypatch.setenv("KAPTUI_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("KAPTUI_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "config.toml"


def test_without_a_file_everything_is_as_it_was(config: Path) -> None:
    assert read(WORDS) == Config(state=config.parent / "state" / "state.json")


def test_what_holds_is_taken(config: Path) -> None:
    config.write_text(
        'theme = "paper"\n[keys]\nfilter = "f,?"\nrow.up = "w"\n'
        '[export]\nfolder = "/x"\nformat = "xlsx"\nexcel = true\n'
    )
    found = read(WORDS)
    assert found.problems == ()
    assert (found.theme, found.keys) == ("paper", {"filter": "f,question_mark", "row.up": "w"})
    assert (found.export_folder, found.export_format, found.for_excel) == (Path("/x"), "xlsx", True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('\nthme = "calm"', "config.toml line 2: unknown key 'thme' (theme?)"),
        ('theme = "papr"', "config.toml line 1: no theme is called 'papr' (paper?)"),
        ("theme = 5", "config.toml line 1: no theme is called 5"),
        ('# x\n[keys]\nsort = "o"\nfilte = "f"', "config.toml line 4: no command is called 'filte' (filter?)"),
        ('[keys]\n"filter" = "slsh"', "config.toml line 2: there is no key 'slsh' (slash?)"),
        ("[keys]\nfilter = 5", "config.toml line 2: 'filter' wants a key in quotes"),
        ("\nkeys = 5", "config.toml line 2: 'keys' is a table, written [keys]"),
        ('[export]\nfoldr = "x"', "config.toml line 2: unknown key 'foldr' (folder?)"),
        ('[export]\nexcel = "yes"', "config.toml line 2: 'excel' wants true or false"),
        ('[export]\nformat = "xls"', "config.toml line 2: no format is called 'xls' (xlsx?)"),
        ('[keys]\nfilter = "s"', "config.toml line 2: key 's' is 'sort' already; 'filter' stays where it was"),
    ],
)
def test_an_error_names_line_and_nearest_word_and_the_rest_holds(config: Path, text: str, problem: str) -> None:
    config.write_text(text)
    found = read(WORDS)
    assert found.problems == (problem,)
    assert found.keys == ({"sort": "o"} if "sort =" in text else {})


def test_broken_toml_and_no_text_are_told(config: Path) -> None:
    config.write_text('theme = "calm"\n[keys\n')
    assert read(WORDS).problems[0].startswith("config.toml line 2: ")
    config.write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8" in read(WORDS).problems[0]
    config.unlink()
    config.mkdir()
    assert "cannot be read" in read(WORDS).problems[0]


def test_keys_may_change_places_and_share_what_they_shared(config: Path) -> None:
    config.write_text('[keys]\nfilter = "s"\nsort = "/"\nclose = "escape,ctrl+g"\n')
    found = read(WORDS)
    assert found.problems == ()
    assert found.keys == {"filter": "s", "sort": "slash", "close": "escape,ctrl+g"}


def test_two_new_owners_of_one_key_are_told(config: Path) -> None:
    config.write_text('[keys]\nfilter = "f"\nsort = "f"\n')
    found = read(WORDS)
    assert found.keys == {"filter": "f"}
    assert found.problems == ("config.toml line 3: key 'f' is 'filter' already; 'sort' stays where it was",)
