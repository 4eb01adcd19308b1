"""A pack as one HTML file: no script, no network, no clock; equal packs are equal bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kaptui import __version__
from kaptui.pack.explained import Explanation, Number, Rule, rules_behind
from kaptui.pack.grid import MOST_COLUMNS
from kaptui.pack.html import Html, classes, link, paragraph, text
from kaptui.pack.pages import Page, Section, basis, ways_out
from kaptui.pack.view_html import Links, drawn, is_wide
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import count
from kaptui.views import Notes, Table

MARK = '<meta name="generator" content="kaptui'
"""What tells a file written here from any other; it stands in the first bytes of the file."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Whatever the data hold, a browser runs nothing and asks nobody."""
WHY = "Why these numbers"
"""What the appendix is called."""
DENSE = 11
"""Columns from which a table is written in small letters."""
BROAD = 13
"""Columns from which a page of paper lies on its side."""
HEAT = ("heatmap", "matrix")
"""Panels whose cells have the ground of their state."""


def board_pack(
    state: DashboardState, screens: Sequence[Page], accounts: Sequence[Page], why: Mapping[Number, Explanation]
) -> bytes:
    """The pack of a board: the first of `screens`, what is in the pack, the other screens, the accounts, and `why`.

    Behind `why` stand the rules of all other numbers, each once.
    """
    rules = rules_behind((*screens, *accounts))
    links = replace(_links(state, screens, accounts), why=why, rules=rules)
    first, *others = screens
    title = f"{state.file}: board pack"
    pages = [_page(first, state, links), _contents(screens, accounts, state, bool(why or rules))]
    pages += [_page(one, state, links) for one in (*others, *accounts)]
    pages += [_appendix(why.values(), _each_once(rules), state)] if why or rules else []
    return _file(title, pages)


def account_brief(state: DashboardState, page: Page) -> bytes:
    """One account's page as a file of its own."""
    return _file(f"{page.title}: {state.file}", [_page(page, state, _links(state, (), (page,)), alone=True)])


def _links(state: DashboardState, screens: Iterable[Page], accounts: Iterable[Page]) -> Links:
    names = {str(key): str(name) for key, name in state.account_card.select("account_id", "name").iter_rows()}
    return Links({one.account: one.anchor for one in accounts}, {one.anchor: one.anchor for one in screens}, names)


def _file(title: str, pages: Iterable[Html]) -> bytes:
    head = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{MARK} {__version__}">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
    )
    return f"{head}{''.join(pages)}</body>\n</html>\n".encode()


def _style() -> str:
    return "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("pack.css", "charts.css"))


def _page(page: Page, state: DashboardState, links: Links, *, alone: bool = False) -> Html:
    accounts = {key: to for key, to in links.accounts.items() if key != page.account}
    others = replace(links, accounts=accounts, why={} if page.account else links.why, hovers=not page.account)
    panels = "".join(_panel(one, others) for one in page.sections)
    broad = any(_columns(one) >= BROAD for one in page.sections)
    body = f'<div class="panels">{panels}</div>' if panels else _nothing(state)
    head = _head(page.title, page.asks, page.headline, state, bool(page.account), alone=alone)
    return (
        f'<article{classes("page", "broad" if broad else "")} id="{page.anchor}">{head}{body}{_foot(page)}</article>\n'
    )


def _head(  # noqa: PLR0913 - what stands at the top of a page
    title: str, asks: str, headline: Notes, state: DashboardState, of_account: bool, *, alone: bool = False
) -> Html:
    up = "" if alone else '<a href="#contents">Contents</a>'
    said = "".join(paragraph(line, "said") for line in headline.lines)
    asked = f' <span class="asks">{text(asks)}</span>' if asks else ""
    return (
        f'<header><p class="kicker"><span>{text(state.file)}</span>{up}</p><h1>{text(title)}{asked}</h1>{said}'
        f"{paragraph(basis(state, of_account=of_account), 'basis')}</header>"
    )


def _nothing(state: DashboardState) -> Html:
    """Why a page has no panels, and which condition to drop."""
    return "".join(paragraph(line, "note") for line in ways_out(state))


def _panel(one: Section, links: Links) -> Html:
    columns = _columns(one)
    heat = "heat" if one.id.rpartition("-")[2] in HEAT else ""
    kind = classes("panel", "wide" if is_wide(one.view) else "", "dense" if columns >= DENSE else "", heat)
    compared = f' <span class="compared">{text(one.compared)}</span>' if one.compared else ""
    body = drawn(one.view, replace(links, question=one.question)) + paragraph(one.legend, "caption")
    names = f'data-panel="{text(one.id)}" data-question="{text(one.question)}"'
    return f"<section{kind} {names}><h2>{text(one.title)}{compared}</h2>{body}</section>"


def _columns(one: Section) -> int:
    """Of how many columns its table is; 0 of what is none."""
    return min(len(one.view.columns), MOST_COLUMNS) if isinstance(one.view, Table) else 0


def _foot(page: Page) -> Html:
    tables = ", ".join(page.sources)
    sources = f"Sources: {text(tables)}. " if tables else ""
    return f"<footer>{sources}n/a: not known, left out of sums and averages. kaptui {__version__}</footer>"


def _contents(screens: Sequence[Page], accounts: Sequence[Page], state: DashboardState, why: bool) -> Html:
    head = _head("Contents", "", Notes(()), state, False, alone=True)
    lacks = "".join(paragraph(f"{line[:1].upper()}{line[1:]}", "note") for line in state.lacks)
    rows = "".join(map(_entry, screens))
    body = f'{lacks}<ul class="contents screens">{rows}</ul>'
    if accounts:
        body += f"<h3>{text(count('account', len(accounts)))}</h3>"
        body += f'<ul class="contents">{"".join(map(_entry, accounts))}</ul>'
    if why:
        body += f"<h3>Appendix</h3><p>{link('why', WHY)}</p>"
    return f'<article class="page" id="contents">{head}{body}</article>\n'


def _entry(page: Page) -> Html:
    said = page.headline.lines[0] if page.headline.lines else ""
    return f"<li>{link(page.anchor, page.title)}<span>{text(said)}</span></li>"


def _each_once(rules: Mapping[str, Rule]) -> list[Rule]:
    return list(dict.fromkeys(rules.values()))


def _appendix(told: Iterable[Explanation], rules: Iterable[Rule], state: DashboardState) -> Html:
    """Why the key figures are what they are: the rule, and what lifts them; then the rules of all other numbers."""
    head = _head(WHY, "", Notes(()), state, False)
    said = "".join(
        f'<div class="panel" id="{one.anchor}"><h2>{text(", ".join(one.names))}</h2>{paragraph(one.text)}</div>'
        for one in rules
    )
    return (
        f'<article class="page" id="why">{head}<div class="panels">{"".join(map(_why, told))}{said}</div></article>\n'
    )


def _why(one: Explanation) -> Html:
    value = f' <span class="compared">{text(one.value)}</span>' if one.value else ""
    title = f"<h2>{text(one.page)}: {text(one.label)}{value}</h2>"
    rules = "".join(map(paragraph, one.rules))
    lifts = "".join(f"<li>{text(words)}</li>" for words in one.lifts)
    lifted = f"<p>What lifts it:</p><ul>{lifts}</ul>" if lifts else ""
    return f'<div class="panel" id="{one.anchor}">{title}{rules}{lifted}</div>'
