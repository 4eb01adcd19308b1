"""The Plans screen: the sentence, the list with the worst first, who is behind."""

from __future__ import annotations

import pytest

from kaptui.headlines.plans import plans_headline
from kaptui.portfolio import Portfolio
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.widgets.charts.bar_list import BarList
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from tests.ui.harness import (
    Meddler,
    dashboard,
    dashboard_screen,
    fits,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
)


async def test_the_screen_says_which_plans_are_dead_what_they_stand_for_and_leads_to_them(
    sample_portfolio: Portfolio,
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (48, 14)) as pilot:
        await press(pilot, "5")
        for size in ((48, 14), (80, 24), (120, 36)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert fits(app)
            said = " ".join(" ".join(screen_lines(app)[3:5]).split())
            assert said.startswith("21 of 46 accounts have no living plan")
            if size[1] >= 24:
                assert "= 43 % of revenue: 11 of 43 plans expired or not reviewed for 6 months; 3 acc" in said
            plans = dashboard_screen(app).current.content
            assert isinstance(plans, DataTableView)
            rows = plans.table.frame
            dead = rows.filter(rows["health"] != "alive")
            assert set(dead["health"]) == {"none", "expired", "unreviewed", "slipping"}
            assert rows["health"].to_list() == [*dead["health"], *["alive"] * (rows.height - dead.height)]
            for part in (dead, rows.filter(rows["health"] == "alive")):
                assert part["revenue"].to_list() == part["revenue"].sort(descending=True, nulls_last=True).to_list()

        assert "P. O'Neill" in screen_text(app), "who answers for a plan is read whole"
        assert "6 of 8 ! 2 expired, 3 unreviewed …" in screen_text(app), "what the count is of, not lost without a sign"

        # Enter opens the account, Esc comes back to its row.
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert "… > Helvia Group   1 of 46" in screen_lines(app)[1]
        await press(pilot, "2", "escape")
        assert "[5 Plans]" in screen_lines(app)[1]
        assert "> Helvia Group" in screen_text(app)

        # A manager keeps only his accounts; m shows the actions.
        await press(pilot, "tab")
        assert isinstance(dashboard_screen(app).current.content, BarList)
        await press(pilot, "enter")
        assert 'manager:"Jonas Meier"' in app.filters.where
        assert "10 of 48 accounts, 2 exited" in screen_lines(app)[2]
        frame = app.screen.query_one("#plans", Panel).answer
        assert frame is not None
        assert set(frame.frame["manager"]) == {"Jonas Meier"}
        await press(pilot, "escape", "shift+tab", "m", "g")
        text = screen_text(app)
        assert "154 open actions, 20 overdue, 2 without a known owner" in text
        assert "77 days late !" in text


ROW = {
    "accounts": 24,
    "plans": 22,
    "no_plan": 2,
    "neglected": 6,
    "neglected_revenue_share": 0.31,
    "not_alive_revenue_share": 0.47,
    "slipping": 3,
    "actions_overdue": 7,
    "actions_open": 40,
    "review_days": 183,
}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {},
            "11 of 24 accounts have no living plan = 47 % of revenue: 6 of 22 plans expired or not reviewed for "
            "6 months; 2 accounts without a plan, "
            "3 slipping, 7 of 40 open actions overdue",
        ),
        (
            {"no_plan": 0, "slipping": 0, "actions_overdue": 0, "neglected_revenue_share": None, "review_days": 100},
            "6 of 22 plans expired or not reviewed for 100 days",
        ),
        (
            {"no_plan": 0, "slipping": 0, "actions_overdue": 0},
            "6 of 22 plans expired or not reviewed for 6 months = 31 % of revenue",
        ),
        (
            {
                "neglected": 0,
                "no_plan": 1,
                "slipping": 0,
                "actions_overdue": 0,
                "review_days": 366,
                "not_alive_revenue_share": None,
            },
            "1 of 24 accounts has no living plan: none of 22 plans expired, all reviewed within 12 months; "
            "1 account without a plan",
        ),
        ({"plans": 0}, "None of 24 accounts has a plan"),
        ({"accounts": 0}, "None of 48 accounts matches the filter"),
    ],
)
def test_the_sentence_in_every_state(changes: dict[str, int | None], said: str) -> None:
    assert plans_headline({**ROW, **changes}, 48) == said


def test_the_sentence_of_an_empty_file() -> None:
    assert plans_headline({**ROW, "accounts": 0}, 0) == "This file holds no accounts yet"
