"""`kaptui guide`: what kaptui reads, measures and can be told, collected from the places where it is written down.

No text here repeats one that stands elsewhere: columns and settings come from schema.sql and settings.sql, measures
from the panels and the files of queries/explain, the filter from its own fields. The dashboard searches the same lines
by `?`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

TOPICS: Mapping[str, str] = {
    "data": "every table and column: meaning, example, what it feeds, what is not there without it",
    "mapping": "exports with other columns: one SELECT for each table",
    "measures": "what the panels show, and the rule behind each number",
    "settings": "thresholds, currency and as-of date of a file, in setting.csv",
    "config": "theme, keys and export folder of the dashboard, in config.toml",
    "questions": "what can be asked, on screen and by `kaptui show`",
    "filter": "which accounts: the text after `/` and of --where",
}
"""Topic -> what it tells."""

_RULE = "explained_rule("
_TEXT = re.compile(r"'((?:[^']|'')*)'")
_CASE = re.compile(r"\bcase\b")
_BY_MEASURE = re.compile(r"\s*case (?:q\.)?measure\b")
_WORD = re.compile(r"'(?:[^']|'')*'|\b(?:case|when|then|else|end)\b")


def lines(topic: str, words: Iterable[str] = (), *, keys: Iterable[Sequence[str]] = ()) -> list[str]:
    """The lines of a topic of TOPICS that hold all the `words`, in any case; a line without indent is a heading.

    A heading stays where a line below it does. `keys` are id, default keys and help of each key, for topic config.
    """
    told = _config(keys) if topic == "config" else _told(topic)
    wanted = [word.casefold() for word in words]
    found: list[str] = []
    heading = ""
    for line in told:
        if not line.startswith(" "):
            heading = line
        if all(word in f"{heading} {line}".casefold() for word in wanted):
            if heading and heading not in found:
                found.append(heading)
            if line != heading:
                found.append(line)
    return found


@cache
def _told(topic: str) -> Sequence[str]:
    makers = {
        "data": _data,
        "mapping": _mapping,
        "measures": _measures,
        "settings": _settings,
        "questions": _questions,
        "filter": _filter,
    }
    return tuple(makers[topic]())


def _data() -> Iterable[str]:
    from kaptui import schema_text
    from kaptui.facts.schema import shipped_schema
    from kaptui.loading.dictionary import allowed, needed, told_of

    for table in shipped_schema().values():
        first, *more = (line for text in told_of(table) for line in text.splitlines())
        yield f"{table.name}.csv: {first}"
        yield from (f"  {line}" for line in more)
        for column in table.columns.values():
            told = schema_text.meanings()[table.name, column.name]
            parts = [f"{told.meaning} ({allowed(table, column)}; such as {told.example})"]
            parts += [f"needed: {needed(column)}", *([f"feeds: {told.feeds}"] if told.feeds else [])]
            parts += [f"without it: {told.without}"] if told.without else []
            yield f"  {table.name}.{column.name}: {'; '.join(parts)}"


def _mapping() -> Iterable[str]:
    from kaptui.facts.schema import shipped_schema
    from kaptui.loading.mapping import GUIDE
    from kaptui.loading.shipped import guide_lines
    from kaptui.resources import SHIPPED_MAPPINGS

    first, *more = GUIDE.strip().splitlines()
    yield first
    yield from (f"  {line}" for line in more)
    yield "Shipped mappings, by name instead of a folder: `kaptui load SOURCE --mapping NAME -o FILE`"
    for name, what in SHIPPED_MAPPINGS.items():
        yield f"  {name}: {what}"
        yield from (f"    {line}" for line in guide_lines(name))
    yield "Columns that each SELECT must yield; the others may be left out"
    for table in shipped_schema().values():
        wanted = ", ".join(column.name for column in table.columns.values() if column.needed)
        yield f"  {table.name}.sql: {wanted}"


def _measures() -> Iterable[str]:
    from kaptui.panels import PANELS
    from kaptui.portfolio.catalogue import measures

    yield "What the panels show"
    for panel in PANELS.values():
        yield f"  {panel.title}: {panel.description or panel.name}"
    yield "The rules behind the numbers; `w` on a number tells its rule with its figures"
    told: dict[str, list[str]] = {}
    for name, each in sorted(measures().items()):
        told.setdefault(rule_of(each.sql, name.rpartition(".")[2]) or each.asks, []).append(name)
    yield from (f"  {', '.join(names)}: {rule}" for rule, names in told.items())


def _settings() -> Iterable[str]:
    from kaptui.settings_text import settings

    yield "setting.csv: one row for each, key,value; an empty value takes the default"
    for each in settings():
        default = f"default {each.default}" if each.default else "no default"
        yield f"  {each.key}: {each.meaning} ({each.unit}; {default})"


def _config(keys: Iterable[Sequence[str]]) -> Iterable[str]:
    from kaptui.config import FILE, OPTIONS, config_dir

    yield f"{FILE} in {config_dir()}"
    yield from (f"  {name}: {meaning}" for name, meaning in OPTIONS.items())
    commands = list(keys)
    if commands:
        yield 'Commands that a line below [keys] may give another key, as in: filter = "f"'
        yield from (f'  {name} = "{key}": {help}' for name, key, help in commands)


def _questions() -> Iterable[str]:
    from kaptui.portfolio.catalogue import catalogue

    yield "`kaptui show NAME FILE` answers"
    yield from (f"  {each.name}: {each.asks}" for each in catalogue().values())


def _filter() -> Iterable[str]:
    from kaptui import filter_language
    from kaptui.filter_language.fields import FIELDS, MEANINGS

    text = (filter_language.__doc__ or "").split("Only `UsageError`", maxsplit=1)[0]
    yield "A filter"
    yield from (f"  {line}" for line in text.partition("\n")[2].splitlines() if line.strip())
    yield "Its fields"
    yield from (f"  {name} ({kind}): {MEANINGS[name]}" for name, kind in FIELDS.items())
    yield "  and each success factor by its code (number): its index, 0 to 100"


def rule_of(sql: str, measure: str) -> str:
    """The rule that an explanation tells of a measure, as far as it is one text for all; else empty.

    `…` stands for what the file or its settings say there.
    """
    start = sql.find(_RULE)
    if start < 0:
        return ""
    body = _branch(_argument(sql, start + len(_RULE)), measure)
    if _CASE.search(_TEXT.sub("", body)):
        return ""
    said = "".join(part.replace("''", "'") if text else "…" for text, part in _pieces(body))
    return re.sub(r"(…\s*)+", "… ", said).strip().replace("… .", "….").replace("… ,", "…,")


def _branch(body: str, measure: str) -> str:
    """What `case measure when ... end` says of this measure, with what stands behind it; else all of it."""
    opening = _BY_MEASURE.match(body)
    if opening is None:
        return body
    depth, labels, label_at, then_at, found = 1, "else", 0, 0, ""
    for word in _WORD.finditer(body, opening.end()):
        depth += (word[0] == "case") - (word[0] == "end")
        closes = word[0] in ("when", "else", "end") and depth == (0 if word[0] == "end" else 1)
        if closes and then_at and (f"'{measure}'" in labels or (labels == "else" and not found)):
            found = body[then_at : word.start()]
        if word[0] == "when" and depth == 1:
            label_at, then_at = word.end(), 0
        elif word[0] == "then" and depth == 1:
            labels, then_at = body[label_at : word.start()], word.end()
        elif word[0] == "else" and depth == 1:
            labels, then_at = "else", word.end()
        elif not depth:
            return found + body[word.end() :]
    return body


def _argument(sql: str, start: int) -> str:
    """The text from `start` to the bracket that closes it."""
    depth, inside = 1, False
    for at in range(start, len(sql)):
        sign = sql[at]
        if sign == "'":
            inside = not inside
        elif not inside:
            depth += (sign == "(") - (sign == ")")
            if not depth:
                return sql[start:at]
    return sql[start:]


def _pieces(body: str) -> Iterable[tuple[bool, str]]:
    """The concatenated parts: (it is a text, the text); a text inside of a call is a part of the call."""
    at, depth = 0, 0
    for match in _TEXT.finditer(body):
        before = body[at : match.start()]
        outside = depth == 0
        depth += before.count("(") - before.count(")")
        if before.replace("||", "").strip() or not outside:
            yield False, before
        if depth == 0:
            yield True, match[1]
        at = match.end()
    if body[at:].replace("||", "").strip():
        yield False, body[at:]
