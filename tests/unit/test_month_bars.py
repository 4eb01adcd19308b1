"""Bars by month: what hangs where, what a gap looks like, what stands at the axis; and the same as text."""

from __future__ import annotations

from kaptui.cli.account_text import _markdown as markdown
from kaptui.cli.text import drawn as told
from kaptui.ui.widgets.charts.month_bars import Drawn, draw
from kaptui.views import Month, MonthBars


def chart(*bars: float | None, lines: tuple[float | None, ...] = ()) -> MonthBars:
    """Months from January on with these profits."""
    names = ("Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026", "May 2026", "Jun 2026")
    along: list[tuple[float | None, ...]] = [(one,) for one in lines] if lines else [()] * len(bars)
    months = tuple(
        Month(f"2026-0{at + 1}-28", f"2026-0{at + 1}-01", names[at], bar, line)
        for at, (bar, line) in enumerate(zip(bars, along, strict=True))
    )
    return MonthBars(months, "profit", ("revenue",) if lines else (), "EUR", "the caption")


def rows(found: Drawn) -> list[str]:
    return ["".join(text for _, text in row).rstrip() for row in found.rows]


def parts(found: Drawn, row: int) -> set[str]:
    """What the pieces of a row are, those that hold anything."""
    return {part for part, text in found.rows[row] if text.strip()}


def test_a_gain_rises_a_loss_hangs_and_an_unknown_month_is_a_gap() -> None:
    found = draw(chart(2e6, -1e6, None, 0.0), 35, 7)
    assert rows(found) == [
        "profit, EUR",
        "  2.0m ██████",
        "       ██████",
        "     0 ──────────────n/a    ───────",
        " -1.0m        ██████",
        "",
        "             Feb 2026      Apr 2026",
    ]
    assert found.zero == 3
    assert [parts(found, row) for row in (2, 4)] == [{"good"}, {"axis", "bad"}]


def test_a_month_without_data_is_not_taken_for_one_of_zero() -> None:
    found = rows(draw(chart(2.0, None, 0.0, None, 1.0, 1.0), 17, 7))
    zero = next(line for line in found if line.strip().startswith("0 "))
    assert zero == " 0 ──? ──? ────", "where n/a has no room"


def test_a_loss_has_another_mark_without_colour() -> None:
    coloured, plain = (rows(draw(chart(1e6, -1e6), 30, 7, each)) for each in (True, False))
    assert "█" in coloured[-2]
    assert "█" not in plain[-2]
    assert "▒" in plain[-2]


def test_a_small_loss_beside_a_large_gain_is_seen() -> None:
    found = rows(draw(chart(9e6, -1.0, 1.0), 40, 8))
    zero = next(at for at, line in enumerate(found) if line.strip().startswith("0 "))
    assert "▔" in found[zero + 1]
    assert "▁" in found[zero - 1]


def test_revenue_has_a_scale_of_its_own_and_gives_way_first() -> None:
    view = chart(1e5, -1e5, 1e5, lines=(20e6, None, 30e6))
    high = rows(draw(view, 60, 16))
    assert high[0] == "revenue, EUR"
    assert high[1].split()[0] == "30.0m"
    assert any(line.strip().startswith("20.0m") for line in high)
    assert "profit, EUR" in high
    assert not any(0x2801 <= ord(sign) <= 0x28FF for line in high for sign in line[28:38])  # February is not known
    low = rows(draw(view, 60, 8))
    assert low[0] == "profit, EUR"
    assert not any("revenue" in line or "m" in line.split(" ")[0] for line in low[1:-1])


def test_without_any_profit_the_line_has_the_room() -> None:
    found = draw(chart(None, None, lines=(1e6, 2e6)), 40, 8)
    assert found.zero == -1
    assert rows(found)[0] == "revenue, EUR"
    assert "profit, EUR" not in rows(found)
    assert draw(chart(None, None), 40, 8).zero == -1


def test_the_latest_months_stay_where_there_is_no_room_for_all_and_a_click_finds_its_month() -> None:
    found = draw(chart(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), 7, 6)
    assert found.first == 2
    assert found.month_at(found.start) == found.first
    assert found.month_at(6) == 5
    for width in (1, 5, 80, 200):
        assert all(len(line) <= max(width, 60) for line in rows(draw(chart(-1e6, 5e6), width, 6)))


def test_as_text_every_month_has_its_amounts_and_a_bar() -> None:
    lines = told(chart(2e6, -1e6, None, lines=(9e6, 8e6, None)), None)
    assert [line.rstrip() for line in lines] == [
        "the caption",
        "month     revenue  profit, EUR",
        "Jan 2026     9.0m         2.0m              |############",
        "Feb 2026     8.0m        -1.0m        ------|",
        "Mar 2026      n/a          n/a",
    ]
    assert told(chart(), 80) == ["the caption"]


def test_as_markdown_the_months_are_a_table() -> None:
    lines = markdown(chart(2e6, None, lines=(9e6, None)))
    assert lines[1] == "| month | revenue | profit, EUR |"
    assert lines[3:5] == ["| Jan 2026 | 9.0m | 2.0m |", "| Feb 2026 | n/a | n/a |"]
    assert lines[-1] == "the caption"
