"""The templates are what a load reads, and the dictionary says what to write into them."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from kaptui import schema_text
from kaptui.errors import KaptuiError
from kaptui.facts.schema import shipped_schema
from kaptui.loading import check, init, load
from kaptui.loading.dictionary import example_row
from kaptui.resources import queries_dir

ROWS = {
    "setting": "name,Programme",
    "person": "P1,Ann,sales,5,true,,2025-01-31,0.5",
    "account": "A1,Acme,P1,1,active,DACH,Chemicals,,2024-01-31,80,2025-01-31,2023-05-01,X1",
    "success_factor": "1,TOP,Top,Who?,1,4,183,366,own",
    "assessment": "A1,1,2026-01-31,3,P1,Seen,",
    "financial_period": "A1,2026-01-01,actual,EUR,1000.00,600.00,50.00,500.00,300.00,200.00",
    "fx_rate": "USD,2026-01-01,0.9",
    "programme": "G1,A1,Joint lab,research,active,2025-01-01,2027-01-01,EUR,100,50,20,300,10,2025-01-01",
    "stakeholder": "C1,A1,Cleo,Buyer,4,true,1,C0,false,X1",
    "sponsorship": "S1,A1,P1,internal,2025-01-01,,C1,90",
    "activity_kind": "call,phone call,,false,",
    "activity": "T1,A1,P1,C1,internal,call,2026-01-15,done,",
    "plan": "L1,A1,Plan,active,2025-01-01,2028-01-01,2025-01-01,2025-02-01,P1,Grow,One,Two,X1",
    "objective": "O1,L1,Aim,new,2025-01-01,2027-01-01,P1,true,number,1,2,3,2026-01-31 12:00:00,X1",
    "action": "N1,O1,Do,P1,2026-12-01,",
    "plan_review": "R1,L1,2026-01-15,keep,P1,true,",
    "review_point": "Spring,2026-03-31",
}


def test_templates_with_a_row_each_load_again(tmp_path: Path) -> None:
    written = init(tmp_path / "new")
    assert {path.name for path in written} == {*(f"{name}.csv" for name in ROWS), "DICTIONARY.md"}
    for name, row in ROWS.items():
        with (tmp_path / "new" / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(row + "\n")
    report = load(tmp_path / "new", tmp_path / "kap.duckdb")
    assert [finding.rule for finding in report.findings] == ["history_short"]
    # the kinds that ship with kaptui stand beside the one that the source overrides
    assert dict(report.rows) == dict.fromkeys(ROWS, 1) | {"activity_kind": 10}


def test_untouched_templates_lack_nothing_but_accounts(tmp_path: Path) -> None:
    init(tmp_path / "new")
    assert [finding.problem for finding in check(tmp_path / "new").findings] == ["holds no account"]
    with (tmp_path / "new" / "account.csv").open("a", encoding="utf-8") as file:
        file.write(f"A1,Acme{11 * chr(44)}\n")
    assert check(tmp_path / "new").findings == ()


def test_the_dictionary_explains_every_column(tmp_path: Path) -> None:
    init(tmp_path / "new")
    text = (tmp_path / "new" / "DICTIONARY.md").read_text(encoding="utf-8")
    for name in ROWS:
        with (tmp_path / "new" / f"{name}.csv").open(encoding="utf-8") as file:
            section = text.split(f"\n## {name}.csv\n")[1].split("\n## ")[0]
            assert all(f"\n| {column} | " in section for column in next(csv.reader(file)))
    assert (
        "| status | exited: left the programme, its money stays | one of: active, onboarding, exiting, exited |" in text
    )
    assert "| level | seniority; 5 = executive committee | whole number, 1 to 5 | 4 | no | " in text
    assert "| manager_id | the key account manager | text, as in person.csv | P-17 | no | " in text
    assert "| account_id | the account | text, as in account.csv | 00001037 | yes | " in text
    assert "| period_start | first of the month | date | 2026-09-01 | yes | " in text
    assert "Account managers, sponsors, team members. One row per `person_id`." in text
    assert "- 1 `TOP` Anchored at the top: Double sponsorship: " in text
    assert "`exec_meeting`, `visit`, `call` (no touch), `newsletter` (no touch)" in text


def test_every_column_says_what_it_means_and_the_examples_fit_together(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for table in shipped_schema().values():
        row = example_row(table)
        told = [schema_text.meanings()[table.name, name] for name in row]
        assert all(one.meaning and one.example for one in told)
        with (source / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([row.keys(), row.values()])
    people = [{"person_id": "P-3", "name": "Olga Stein"}, {"person_id": "P-17", "name": "Anna Weiss"}]
    (source / "person.csv").write_text("person_id,name\n" + "".join(f"{','.join(one.values())}\n" for one in people))
    assert {finding.rule for finding in check(source).findings} == {"history_short"}


def test_the_sample_rows_load_and_fill_every_table(tmp_path: Path) -> None:
    init(tmp_path / "new", sample=True)
    report = load(tmp_path / "new", tmp_path / "kap.duckdb")
    assert report.errors == ()
    assert {finding.rule for finding in report.findings} == {"action_without_owner"}
    assert report.rows["account"] == 3
    assert all(report.rows.values())


def test_existing_files_are_kept(tmp_path: Path) -> None:
    mine = tmp_path / "account.csv"
    mine.write_text("mine")
    with pytest.raises(KaptuiError, match=r"already holds account\.csv"):
        init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["account.csv"]
    assert mine.read_text() == "mine"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(KaptuiError, match="cannot be written"):
        init(tmp_path / "missing" / "new")


def test_the_dictionary_tells_every_setting_with_unit_and_default(tmp_path: Path) -> None:
    init(tmp_path / "new")
    text = (tmp_path / "new" / "DICTIONARY.md").read_text(encoding="utf-8")
    assert "| red_below | points, 0 to 100 | 34 | an index below this is red |" in text
    with closing(duckdb.connect()) as connection:
        connection.execute((queries_dir() / "settings.sql").read_text(encoding="utf-8"))
        for key, unit, meaning in connection.execute("select key, unit, what from setting_default").fetchall():
            assert f"| {key} | {unit} | " in text
            assert f" | {meaning} |" in text
