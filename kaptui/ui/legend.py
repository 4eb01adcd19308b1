"""What the short names and letters on a screen stand for, read off its panels: the help says it in full."""

from __future__ import annotations

from collections.abc import Iterable

from kaptui.ui.widgets.panel_card import PanelCard
from kaptui.wording import clean


def legend(cards: Iterable[PanelCard]) -> list[str]:
    """The factors by their codes, as this file calls them, and the accounts by their letters in a scatter."""
    from kaptui.ui.widgets.scatter_plot import ScatterPlot

    lines: list[str] = []
    for card in cards:
        if card.answer is not None and card.source.question == "factor_summary":
            rows = card.answer.frame.select("code", "name").iter_rows()
            lines += [f"{clean(code)} = {clean(name)}" for code, name in rows]
        if isinstance(card.content, ScatterPlot) and card.content.marks:
            lines += [f"{letter} = {name}" for letter, name in card.content.marks]
            lines.append("● = the account under the cursor; a digit: so many accounts in one place, + more than nine")
    return list(dict.fromkeys(lines))
