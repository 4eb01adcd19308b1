"""After a day is chosen with d every panel of every screen shows its change against it, or says why it does not."""

from __future__ import annotations

from textual.widgets import Input

from kaptui.portfolio import Portfolio
from kaptui.ui.screen_factory import SCREENS
from kaptui.ui.widgets.figures_row import FiguresRow
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.views import Bars, Figures, Notes, Table
from tests.ui.harness import START, Meddler, dashboard, dashboard_screen, press, running, screen_text, settled

DAY = "vs 30 Jun 2026"
REASONS = {"not compared", "against a year earlier", "every month is shown", "every review is shown"}


def shows_change(panel: Panel) -> bool:
    """Whether the panel shows a change: in a column, a figure or a bar; of those that tell it themselves, anything."""
    assert panel.answer is not None
    match panel.answer.view:
        case Table(columns=columns) if any(one.name.startswith("vs_") for one in columns):
            return True
        case Figures(figures=some) if any(one.change for one in some):
            return True
        case Bars(bars=some) if any(one.change for one in some):
            return True
    return panel.source.question in {"brief", "changes", "factor_summary", "factor_scores", "factor_groups"}


async def test_every_panel_on_every_screen_shows_its_change_or_says_why_not(sample_portfolio: Portfolio) -> None:
    meddler = Meddler(sample_portfolio)
    app = dashboard(meddler)
    async with running(app, (120, 36)) as pilot:
        plain = len(meddler.asked)
        told = {one.source.question: one.answer.compared for one in dashboard_screen(app).panels if one.answer}
        review = {"factor_summary": "vs Q2 2026 committee"}
        assert {name: words for name, words in told.items() if words} == review, "its moves are since the review"
        assert " ±" not in screen_text(app)
        assert plain == len(set(meddler.asked)), "nothing is asked of another day"
        await press(pilot, "d")
        app.screen.query_one(Input).value = "30 Jun 2026"
        await settled(pilot)
        await press(pilot, "enter")
        listing, figures = dashboard_screen(app).panels[1].content, dashboard_screen(app).panels[0].answer
        assert isinstance(listing, DataTableView)
        assert "Profit ±" in screen_text(app)
        row = next(row for row in listing.table.frame.iter_rows(named=True) if row["account_id"] == "KA002")
        effects = sample_portfolio.ask("profit_since", app.filters)
        effect = effects.filter(effects["account_id"] == "KA002")["effect"][0]
        assert row["vs_profit"] == effect, "the same number as on the Changes screen"
        assert figures is not None
        assert isinstance(figures.view, Figures)
        profit = next(one for one in figures.view.figures if one.measure == "profit")
        known = len(effects["effect"].drop_nulls())
        assert f"{profit.change} {DAY}, {known} of {effects.height} known at both" in profit.note
        seen: set[str] = set()
        for mode in SCREENS:
            await press(pilot, str(list(SCREENS).index(mode)))
            for panel in dashboard_screen(app).panels:
                if panel.answer is None or isinstance(panel.answer.view, Notes):
                    continue
                said = panel.answer.compared
                seen.add(said)
                if said == DAY:
                    assert shows_change(panel), (mode, panel.id)
                else:
                    assert said in REASONS, (mode, panel.id, said)
                if not isinstance(panel.content, FiguresRow) and panel.size.height > 1:
                    assert panel.border_title_words.endswith(f"; {said}"), (mode, panel.id)
        assert DAY in seen
        assert len(seen) > 1
        await press(pilot, "4")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "4 of 46! -2" in screen_text(app), "beside the value, where there is no room for a note"
        app.filters = START
        await settled(pilot)
        assert DAY not in screen_text(app)
        assert "4 of 46! -2" not in screen_text(app)
