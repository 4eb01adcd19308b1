"""A mapping that runs behind Spark Connect: the errors of its driver, one message each, and its session's end.

The driver is played by objects that say what that of Spark 4.3 said; `python -m tests.harness spark` asks a real one.
"""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kaptui.common.arrow import ArrowStream
from kaptui.loading import check
from kaptui.loading.warehouse.adbc import AdbcEngine
from kaptui.loading.warehouse.profile import find_profile
from kaptui.loading.warehouse.query import Query

adbc = pytest.importorskip("adbc_driver_manager", reason="needs the extra kaptui[warehouse]")

TOKEN = "eyJhbGciOi.J9+/x=="
SELECT = "-- at: lake\nselect\n    account_id, 'Acme' as name\nfrom ledger.line"
UNRESOLVED = (
    "INTERNAL: [Spark] [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name `nope` cannot be resolved. Did you mean "
    "one of the following? [`id`]. SQLSTATE: 42703; line 3 pos 6;\n'Project ['id]\n+- Range (0, 3)\n. Vendor code: 13"
)
SYNTAX = (
    "INTERNAL: [Spark] \n[PARSE_SYNTAX_ERROR] Syntax error at or near 'range'. SQLSTATE: 42601 (line 2, pos 4)\n\n"
    "== SQL ==\nselect id\nfrm range(3)\n----^^^\n. Vendor code: 13"
)
RAISED = "INTERNAL: [Spark] [USER_RAISED_EXCEPTION] boom SQLSTATE: P0001. Vendor code: 13"
DOWN = (
    'IO: [Spark] connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:1: connect: connection '
    'refused". Vendor code: 14'
)
NO_TLS = (
    'IO: [Spark] connection error: desc = "transport: authentication handshake failed: tls: first record does not look '
    'like a TLS handshake". Vendor code: 14'
)
DENIED = f"UNAUTHENTICATED: [Spark] Invalid authentication token {TOKEN}. Vendor code: 16"


@dataclass
class Server:
    """What the driver of Spark Connect does: it connects with the first query, and a cancelled one runs on there."""

    errors: dict[str, Exception] = field(default_factory=dict)
    slow: bool = False
    options: dict[str, str] = field(default_factory=dict)
    cancelled: threading.Event = field(default_factory=threading.Event)
    said: list[str] = field(default_factory=list)

    def database(self, **options: str) -> Server:
        """`AdbcDatabase`."""
        self.options = options
        return self

    def same(self, _: object) -> Server:
        """`AdbcConnection`, and `AdbcStatement`."""
        return self

    def set_autocommit(self, on: bool) -> None:
        """There are no transactions."""
        raise adbc.NotSupportedError("no transactions")

    def set_sql_query(self, sql: str) -> None:
        """As the statement has it."""
        self.said.append(sql)

    def execute_query(self) -> tuple[Any, int]:
        """The rows, or what goes wrong where a query holds a word of `errors`."""
        if self.slow:
            self.cancelled.wait(10)
            raise adbc.OperationalError(
                "CANCELLED: [Spark] context canceled", status_code=adbc.AdbcStatusCode.CANCELLED
            )
        for word, error in self.errors.items():
            if word in self.said[-1]:
                raise error
        rows = duckdb.sql("select 'A1' as account_id, 'Acme' as name from range(10)")
        assert rows is not None
        return ArrowStream(rows), -1

    def cancel(self) -> None:
        """The statement's, and the connection's."""
        self.cancelled.set()

    def rollback(self) -> None:
        """As the connection has it."""
        self.said.append("rollback")

    def close(self) -> None:
        """The statement's, the connection's and the database's."""
        self.said.append("close")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    """The driver's objects, all of them one."""
    server = Server()
    monkeypatch.setenv("SPARK_TOKEN", TOKEN)
    monkeypatch.setattr(adbc, "AdbcDatabase", server.database)
    monkeypatch.setattr(adbc, "AdbcConnection", server.same)
    monkeypatch.setattr(adbc, "AdbcStatement", server.same)
    return server


def mapping(folder: Path, uri: str = "sc://127.0.0.1:15002/;token={{ env_var(SPARK_TOKEN) }}", more: str = "") -> Path:
    """A folder that is source and mapping, with the profile `lake`."""
    (folder / "account.sql").write_text(SELECT)
    profile = f'profile_version = 1\ndriver = "spark"\n[Options]\nuri = "{uri}"\n{more}'
    (folder / "lake.toml").write_text(profile)
    return folder


def test_what_spark_says_is_one_message_each(server: Server, tmp_path: Path) -> None:
    """By line where it names one; who is not there or lets nobody in is told of the profile, without its secret."""
    code, fix = adbc.AdbcStatusCode, "; correct the SELECT, it is spark's own SQL"
    cases = {
        "account": (UNRESOLVED, code.INTERNAL, 13, ".sql:3: lake says: A column with name `nope` cannot be resolved. "),
        "person": (SYNTAX, code.INTERNAL, 13, f".sql:2: lake says: Syntax error at or near 'range'{fix}"),
        "plan": (RAISED, code.INTERNAL, 13, f".sql: lake says: boom{fix}"),
        "down": (
            *(DOWN, code.IO, 14),
            ".toml: cannot connect: Error while dialing: dial tcp 127.0.0.1:1: connect: connection refused; check that "
            "the engine runs, and the address in this file",
        ),
        "tls": (NO_TLS, code.IO, 14, ".toml: cannot connect: authentication handshake failed: tls: first record does "),
        "denied": (
            *(DENIED, code.UNAUTHENTICATED, 16),
            ".toml: refused: Invalid authentication token ***; check user, password or token there, and the "
            "environment variable SPARK_TOKEN",
        ),
    }
    for name, (words, status, vendor, _) in cases.items():
        server.errors[f"ledger.{name} "] = adbc.OperationalError(words, status_code=status, vendor_code=vendor)
    mapping(tmp_path)
    profile = (tmp_path / "lake.toml").read_text()
    for table, name in {**dict.fromkeys(cases, ""), "action": "down", "activity": "tls", "programme": "denied"}.items():
        if table in {"down", "tls", "denied"}:
            (tmp_path / f"{table}.toml").write_text(profile)
            continue
        select = SELECT.replace("at: lake", f"at: {name or 'lake'}").replace("ledger.line", f"ledger.{name or table} l")
        (tmp_path / f"{table}.sql").write_text(select)
    errors = [str(each).removeprefix("error: ") for each in check(tmp_path, tmp_path).errors]
    assert len(errors) == len(cases), errors
    for name, (*_, told) in cases.items():
        assert [each for each in errors if each.startswith(name + told) and "\n" not in each], (name, errors)


def test_a_token_is_sent_encrypted_unless_the_profile_says_otherwise(server: Server, tmp_path: Path) -> None:
    """As Spark's own clients do it; the driver would send it in the clear."""
    tls = "adbc.spark.tls.enabled"
    for uri, more, implied in (
        ("sc://lake.example.com:443/;token={{ env_var(SPARK_TOKEN) }}", "", "true"),
        ("sc://lake.example.com", 'adbc.spark.token = "{{ env_var(SPARK_TOKEN) }}"\n', "true"),
        ("sc://lake.example.com/;use_ssl=false;token=abc", "", None),
        ("sc://lake.example.com/;token=abc", f'{tls} = "false"\n', None),
        ("sc://lake.example.com/;user_id=kap", "", None),
    ):
        with closing(AdbcEngine(find_profile(mapping(tmp_path, uri, more), "lake"), tmp_path)) as engine:
            assert sum(piece.rows for piece in engine.pieces("select 1")) == 10
        assert server.options.get(tls) == implied, uri
    secret = 'adbc.spark.headers.authorization = "Basic hush"\n'
    profile = find_profile(mapping(tmp_path, "sc://lake.example.com/;Authorization=Bearer%20abc;x=1", secret), "lake")
    assert profile.hidden("sent Basic hush and Bearer abc, Bearer%20abc") == "sent *** and ***, ***"


def bracketed(select: str) -> str:
    """A SELECT as it goes out."""
    return f"select * from ({select}) mapped"


def test_a_query_that_is_stopped_ends_with_its_session(server: Server, tmp_path: Path) -> None:
    """Cancelling only stops listening. One that came to its end, or failed, leaves the session to the next.

    What it might write stands in brackets, where Spark, which has no transactions, takes nothing but a query.
    """
    profile = find_profile(mapping(tmp_path), "lake")
    with closing(AdbcEngine(profile, tmp_path)) as engine:
        assert len(list(engine.pieces("select 1"))) == 2
        assert server.said == [bracketed("select 1"), "close", "rollback"]
        server.slow = True
        with Query(engine, "select 2", lambda _: None) as query:
            pass
        assert not query.left_behind
        assert server.said[3:] == [bracketed("select 2"), "close", "close", "close"], (
            "its statement, session and database"
        )
        server.slow, server.said = False, []
        pieces = engine.pieces("select 3")
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
        assert server.said == [bracketed("select 3"), "close", "close", "close"], "what nobody wants any more, too"
