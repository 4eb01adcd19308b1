"""The legend of a screen for the help: the titles of its panels, and what short names and letters mean."""

from __future__ import annotations

from collections.abc import Iterable

from kaptui.text import clean
from kaptui.ui.widgets.panel import Panel


def titles(panels: Iterable[Panel]) -> dict[str, str]:
    """The questions of the panels, in order, each with the title it has on screen, without what a key does there."""
    found: dict[str, str] = {}
    for panel in panels:
        title = panel.source.title
        said = f"{title}: {panel.source.description}" if panel.source.description else title
        found.setdefault(panel.source.question, said)
    return found


def legend(panels: Iterable[Panel]) -> list[str]:
    """The factors by their codes, as this file calls them, and the accounts by their letters in a scatter."""
    from kaptui.ui.widgets.charts.scatter_plot import ScatterPlot

    lines: list[str] = []
    for panel in panels:
        if panel.answer is not None and panel.source.question == "factor_summary":
            rows = panel.answer.frame.select("code", "name").iter_rows()
            lines += [f"{clean(code)} = {clean(name)}" for code, name in rows]
        if isinstance(panel.content, ScatterPlot) and panel.content.marks:
            lines += [f"{letter} = {name}" for letter, name in panel.content.marks]
            lines.append("● = the account under the cursor; a digit: so many accounts in one place, + more than nine")
    return list(dict.fromkeys(lines))
