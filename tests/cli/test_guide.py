"""The guide and the help say what is, from the places where it is written down, and every example can be called."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

import click
import pytest
from click.testing import Result

from kaptui import guide
from kaptui.cli import main
from kaptui.facts.schema import shipped_schema
from kaptui.filter_language.fields import FIELDS, MEANINGS
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.portfolio.catalogue import catalogue, measures
from kaptui.settings_text import settings
from kaptui.ui.keys import KEYS
from tests.explain.explaining import why

Call = Callable[..., Result]


def test_without_a_topic_it_lists_them(call: Call) -> None:
    said = call("guide").stdout
    assert all(f"kaptui guide {topic}" in said for topic in guide.TOPICS)
    assert call("guide", "dat").exit_code == 2


def test_every_column_setting_question_field_and_key_is_told() -> None:
    told = {topic: "\n".join(guide.lines(topic)) for topic in guide.TOPICS}
    for table in shipped_schema().values():
        assert all(f"  {table.name}.{column}: " in told["data"] for column in table.columns)
        assert f"  {table.name}.sql: " in told["mapping"]
    assert all(f"  {each.key}: {each.meaning} (" in told["settings"] for each in settings())
    assert all(f"  {name}: {each.asks}" in told["questions"] for name, each in catalogue().items())
    assert all(panel.title in told["measures"] for panel in PANELS.values())
    words = set(re.findall(r"[\w.]+", told["measures"]))
    assert measures().keys() <= words
    assert FIELDS.keys() == MEANINGS.keys()
    assert all(f"  {name} ({kind}): " in told["filter"] for name, kind in FIELDS.items())
    keys = "\n".join(guide.lines("config", keys=[(key.id, key.keys, key.help) for key in KEYS]))
    assert all(f'  {key.id} = "{key.keys}": ' in keys for key in KEYS)


def test_words_keep_the_lines_that_hold_them_below_their_heading(call: Call) -> None:
    said = call("guide", "settings", "cadence", "TIER").stdout.splitlines()
    assert [line.split(":")[0].strip() for line in said] == ["setting.csv", *(f"cadence_tier_{n}" for n in (1, 2, 3))]
    nothing = call("guide", "data", "zebra")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "nothing about 'zebra'" in nothing.stderr


def test_lines_are_no_wider_than_a_page(call: Call) -> None:
    for topic in guide.TOPICS:
        said = call("guide", topic)
        assert said.exit_code == 0
        assert max(map(len, said.stdout.splitlines())) <= 110, topic


@pytest.mark.parametrize(
    ("sql", "measure", "rule"),
    [
        ("explained_rule('Profit divided by revenue.')", "margin", "Profit divided by revenue."),
        ("explained_rule('It''s ' || word || ', met from ' || f(x, ')') || ' on.')", "m", "It's …, met from … on."),
        ("explained_rule(case measure when 'a' then 'A.' when 'b' then 'B.' else 'C.' end)", "b", "B."),
        ("explained_rule(case q.measure when 'a' then 'A' else 'C' end || '; all.')", "x", "C; all."),
        ("explained_rule(case measure when 'a' then case when t then 'A' end else 'C' end)", "a", ""),
        ("explained_rule(case when t then 'A' else 'B' end)", "a", ""),
        ("select 1", "a", ""),
    ],
)
def test_a_rule_is_read_where_it_is_one_text(sql: str, measure: str, rule: str) -> None:
    assert guide.rule_of(sql, measure) == rule


def test_the_rule_of_the_guide_is_what_the_dashboard_says_of_the_number(sample_portfolio: Portfolio) -> None:
    for name in ("margin", "profit_index", "share_gap", "profit_share", "revenue_share"):
        said = why(sample_portfolio, name, account="KA001").rule
        parts = guide.rule_of(measures()[name].sql, name).split("…")
        assert re.fullmatch(".+".join(map(re.escape, parts)), said), name


def commands() -> list[tuple[str, click.Command]]:
    return [("", main), *((name, main.commands[name]) for name in main.commands)]


def test_every_example_can_be_called() -> None:
    asked = 0
    for _, command in commands():
        for line in (command.epilog or "").splitlines()[2:]:
            words = shlex.split(re.split(r" {2,}| \| | > ", line.strip())[0])
            assert words[0] == "kaptui"
            name = words[1] if words[1] in main.commands else None
            if name is not None:
                main.commands[name].make_context(name, words[2:])
            asked += 1
    assert asked >= 25


def test_every_command_that_answers_has_examples() -> None:
    assert {name for name, command in commands() if not command.epilog} == {"demo", "FILE"}
