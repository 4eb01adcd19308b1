"""What stands on a screen, read off its panels for the help: their titles, and what short names and letters mean."""

from __future__ import annotations

from collections.abc import Iterable

from kaptui.ui.widgets.panel import Panel
from kaptui.wording import clean


def titles(cards: Iterable[Panel]) -> dict[str, str]:
    """The questions of the panels, in order, each with the title it has on screen, without what a key does there."""
    found: dict[str, str] = {}
    for card in cards:
        found.setdefault(card.source.question, card.source.title.partition("; ")[0])
    return found


def legend(cards: Iterable[Panel]) -> list[str]:
    """The factors by their codes, as this file calls them, and the accounts by their letters in a scatter."""
    from kaptui.ui.widgets.charts.scatter_plot import ScatterPlot

    lines: list[str] = []
    for card in cards:
        if card.answer is not None and card.source.question == "factor_summary":
            rows = card.answer.frame.select("code", "name").iter_rows()
            lines += [f"{clean(code)} = {clean(name)}" for code, name in rows]
        if isinstance(card.content, ScatterPlot) and card.content.marks:
            lines += [f"{letter} = {name}" for letter, name in card.content.marks]
            lines.append("● = the account under the cursor; a digit: so many accounts in one place, + more than nine")
    return list(dict.fromkeys(lines))
