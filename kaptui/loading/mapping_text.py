"""The text of a mapping: one SELECT, the tables and files it names, and its like that keeps the lines of the source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from kaptui.common.sql import identifier, literal
from kaptui.loading.views import SOURCE_LINE, numbered

_AFTER_A_TABLE = re.compile(
    "where|join|left|right|full|inner|outer|cross|natural|asof|positional|semi|anti|group|order|limit|offset|union|"
    "intersect|except|having|window|qualify|on|using|tablesample|select|pivot|unpivot",
    re.IGNORECASE,
)
"""Words that may follow a table and are no name for it."""

_AT = re.compile(r"^[ \t]*--[ \t]*at:[ \t]*(.*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)


class MappingError(Exception):
    """What is wrong with a mapping; becomes a finding.

    `line` is that of the mapping's file where it is known, or of `file` where another one is to be mended.
    """

    def __init__(self, problem: str, fix: str, line: int | None = None, file: str = "") -> None:
        super().__init__(problem)
        self.words = problem, fix
        self.line, self.file = line, file

    @classmethod
    def of(cls, error: Exception, views: Callable[[str], str] = lambda _: "") -> MappingError:
        """DuckDB's own words in one line; for a file out of reach also what is in reach."""
        words = re.sub(r"^Invalid Input Error: reading the schema .*? failed: \w+: ", "", str(error), flags=re.DOTALL)
        words = " ".join(line.strip() for line in words.split("\n\n")[0].splitlines())
        line = re.search(r"^LINE (\d+):", str(error), re.MULTILINE)
        fix = "correct the SELECT; paths start at SOURCE"
        if isinstance(error, duckdb.PermissionException):
            fix = "a mapping reads files below SOURCE only, by relative paths"
        elif isinstance(error, duckdb.OutOfMemoryException):
            words = "needs more memory and more room on the disk than there is"
            fix = "look for a join without a condition, a recursion that never ends, or a text of many megabytes"
        elif "Cannot mix values of type VARCHAR" in words:
            fix = "put the value in single quotes, as the others beside it: '4'"
        elif "TRY can not be used" in words:
            fix = "write try_amount(column) or try_day_of(column): they leave empty what is no number or day"
        elif missing := re.search(r"Table with name (.+?) does not exist", words):
            words = f'there is no view or table "{missing[1]}"'
            fix = views(missing[1])
        return cls(words, fix, int(line[1]) if line else None)


@dataclass(frozen=True, slots=True)
class Mapping:
    """One SELECT: its text, the tables it names outside itself, and the texts in quotes that may be files."""

    text: str
    tables: frozenset[str]
    texts: tuple[str, ...]

    @classmethod
    def read(cls, text: str, reader: duckdb.DuckDBPyConnection) -> Mapping:
        """Read the text of a mapping. Raises MappingError for one that is not a single SELECT."""
        try:
            statements = reader.extract_statements(text)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                fix = "put one SELECT per table into its own file"
                raise MappingError("must hold one SELECT and nothing else", fix)
            text = _files_read(text)
            tables = frozenset(_tables(reader, text))
        except duckdb.Error as error:
            raise MappingError.of(error) from None
        return cls(text, tables, tuple(dict.fromkeys(value for _, _, value in _strings(text))))

    def rewritten(self, copies: dict[str, Path]) -> str:
        """The text with the paths of these files instead of their names."""
        text = self.text
        for start, end, value in reversed(list(_strings(text))):
            if value in copies:
                text = text[:start] + literal(str(copies[value])) + text[end:]
        return text


def mapping_text(path: Path) -> str:
    """What a mapping file says. Raises MappingError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise MappingError("is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        raise MappingError(f"cannot be read: {error.strerror}", "ask for the right to read this file") from None


def runs_at(text: str) -> str:
    """The profile that a line `-- at: NAME` names; nothing where the mapping reads SOURCE. Raises MappingError."""
    found = dict.fromkeys(_AT.findall(text))
    if len(found) > 1:
        raise MappingError(f"names {len(found)} profiles: {', '.join(found)}", "a SELECT runs at one place")
    return next(iter(found), "")


def with_lines(reader: duckdb.DuckDBPyConnection, text: str, views: Collection[str]) -> str | None:
    """The same SELECT with the line of the source for each row; None where a row is not one line of one view.

    It asks the view's numbered twin. DuckDB says what the text means, as JSON; a later DuckDB that says it in another
    way costs the lines and nothing else.
    """
    try:
        whole = _meaning(reader, text)
        node = whole["statements"][0]["node"]
        table = node["from_table"]
        plain = (
            node["type"] == "SELECT_NODE"
            and table["type"] == "BASE_TABLE"
            and not node["cte_map"]["map"]
            and not node["group_expressions"]
            and node["aggregate_handling"] == "STANDARD_HANDLING"
            and not (node["having"] or node["qualify"] or node["sample"])
            and {each["type"] for each in node["modifiers"]} <= {"ORDER_MODIFIER", "LIMIT_MODIFIER"}
        )
        name = _table_name(table)
        if not plain or name.casefold() not in {view.casefold() for view in views}:
            return None
        aggregates = _aggregates(reader)
        if any(part.get("function_name") in aggregates for part in _parts(node["select_list"])):
            return None
        table["alias"] = table["alias"] or name
        for key in ("table_name", "qualified_name"):
            if key in table:
                path = [*table[key]["path"][:-1], numbered(name)] if key == "qualified_name" else []
                table[key] = {"path": path} if path else numbered(name)
        if not any(each["class"] == "STAR" for each in node["select_list"]):
            line = {"class": "COLUMN_REF", "type": "COLUMN_REF", "alias": "", "column_names": [SOURCE_LINE]}
            node["select_list"].append(line | {"query_location": 0, "query_location_length": 0})
        lined: str = reader.execute("select json_deserialize_sql(?)", [json.dumps(whole)]).fetchall()[0][0]
        names = reader.sql(lined).columns
    except (duckdb.Error, KeyError, IndexError, TypeError):
        return None
    return lined if SOURCE_LINE in names else None


def _meaning(reader: duckdb.DuckDBPyConnection, text: str) -> dict[str, Any]:
    """The statement as DuckDB understands it. Raises KeyError where it cannot say so."""
    said = reader.execute("select json_serialize_sql(?)", [text]).fetchall()[0][0]
    whole: dict[str, Any] = json.loads(said)
    if whole.get("error"):
        raise KeyError(whole.get("error_message"))
    return whole


def _tables(reader: duckdb.DuckDBPyConnection, text: str) -> set[str]:
    """The tables that a statement names and does not make itself (with ... as)."""
    try:
        parts = list(_parts(_meaning(reader, text)))
    except KeyError:  # a PIVOT on its own, say: then every name in it may be one
        data = text.encode()
        places = [offset for offset, kind in duckdb.tokenize(text) if kind == duckdb.token_type.identifier]
        words = [re.match(r'"((?:[^"]|"")*)"|\w+', data[offset:].decode()) for offset in places]
        return {(word[1] or word[0]).replace('""', '"') for word in words if word}
    made = {each["key"].casefold() for part in parts for each in part.get("cte_map", {}).get("map", [])}
    named = {_table_name(part) for part in parts if part.get("type") == "BASE_TABLE"}
    return {name for name in named if name.casefold() not in made}


def _table_name(table: dict[str, Any]) -> str:
    name: str = table["table_name"] or table["qualified_name"]["path"][-1]
    return name


def _parts(part: Any) -> Iterator[dict[str, Any]]:
    """A statement's parts, from the outside in."""
    if isinstance(part, dict):
        yield part
        for each in part.values():
            yield from _parts(each)
    elif isinstance(part, list):
        for each in part:
            yield from _parts(each)


_AGGREGATES: set[str] = set()


def _aggregates(reader: duckdb.DuckDBPyConnection) -> Set[str]:
    """Functions that make one row of several, or several of one; DuckDB has the same everywhere, and takes its time."""
    if not _AGGREGATES:
        listed = "select distinct function_name from duckdb_functions() where function_type = 'aggregate'"
        _AGGREGATES.update(name for (name,) in reader.execute(listed).fetchall())
        _AGGREGATES.update({"unnest", "unlist", "flatten_rows"})
    return _AGGREGATES


def _strings(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the texts in single quotes stand, and what they say."""
    data = text.encode()
    for offset, kind in duckdb.tokenize(text):
        if kind == duckdb.token_type.string_const:
            start = len(data[:offset].decode())
            if found := re.compile("'((?:[^']|'')*)'").match(text, start):
                yield found.start(), found.end(), found[1].replace("''", "'")


def _files_read(text: str) -> str:
    """The text with `from 'sales.csv'` written out as DuckDB means it, so that no view of that name is meant."""
    for start, end, value in reversed(list(_strings(text))):
        before = re.sub(r"--[^\n]*|/\*.*?\*/", " ", text[:start], flags=re.DOTALL).rstrip().lower()
        ending = Path(value.removesuffix(".gz")).suffix.lower()
        if re.search(r"\b(from|join)$", before) and ending in {".csv", ".tsv", ".txt", ".parquet"}:
            reads = "read_parquet" if ending == ".parquet" else "read_csv_auto"
            after = re.match(r"\s*(\w*|\")", text[end:])
            named = after is not None and after[1] != "" and not _AFTER_A_TABLE.fullmatch(after[1])
            alias = "" if named else f" as {identifier(Path(value).stem)}"  # as DuckDB names a file
            text = f"{text[:start]}{reads}({text[start:end]}){alias}{text[end:]}"
    return text
