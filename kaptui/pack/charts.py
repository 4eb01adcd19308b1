"""Charts as inline SVG: the same views that the dashboard draws in text cells, each number in words beside its mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kaptui.pack.html import Html, text
from kaptui.pack.scales import Scale, finite
from kaptui.text import clean, cut, show, width
from kaptui.views import Bar, Curve, MonthBars, Scatter, Step

WIDTH, HEIGHT = 480, 280
LEFT, RIGHT, TOP, BOTTOM = 54, 14, 14, 40
"""The margins of a plot, in points."""
LETTER = 6.4
"""Points that a letter takes on average."""
LINE_HEIGHT = 13
LABELLED = 12
"""Accounts of a scatter that are named beside their dot, where there is room; the others when pointed at."""
NAME_LETTERS = 18
LONG_TAIL = 4.0
"""From this ratio of the largest x to the cut the axis of a scatter is logarithmic."""
STROKES = ("line-a", "line-b", "line-c", "line-d", "line-e")


def _svg(inside: Iterable[str], label: str, height: float = HEIGHT) -> Html:
    body = "".join(inside)
    return f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{text(label)}">{body}</svg>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" class="{kind}"/>'


def _words(x: float, y: float, words: str, kind: str = "", anchor: str = "") -> str:
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}"{anchored}{named}>{text(words)}</text>'


def _left_axis(scale: Scale, kind: str, most: int = 5) -> Iterator[str]:
    for tick in scale.ticks(most):
        y = scale.at(tick)
        yield _line(LEFT, y, WIDTH - RIGHT, y, "zero" if tick == 0 else "grid")
        yield _words(LEFT - 6, y + 4, show(tick, kind), "tick", "end")  # type: ignore[arg-type]


def span(one: Bar, low: float, high: float) -> tuple[float, float] | None:
    """From where to where a bar goes, in hundredths of its track between `low` and `high`; None: it is unknown."""
    scale, known = _track_scale(low, high), finite([one.value])
    return (scale.at(0.0), scale.at(known[0])) if known else None


def _track_scale(low: float, high: float) -> Scale:
    return Scale(min(low, 0.0), max(high, 0.0, low + 1e-9), 0.0, 100.0)


def bar(one: Bar, low: float, high: float) -> Html:
    """The track of one bar between `low` and `high`: filled from zero, empty where the value is unknown."""
    parts = [_rect(0, 100, "bed")]
    if (known := span(one, low, high)) is not None:
        parts.append(_rect(min(known), abs(known[1] - known[0]), f"fill {one.state}"))
    return _track(parts)


def _track(parts: Iterable[str]) -> Html:
    body = "".join(parts)
    return f'<svg class="track" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{body}</svg>'


def _rect(x: float, wide: float, kind: str) -> str:
    return f'<rect x="{x:g}" y="0" width="{round(wide, 1):g}" height="8" class="{kind.strip()}"/>'


def hangs(one: Step, scale: Scale) -> tuple[float, float]:
    """From where to where a bar of a waterfall goes, never too short to be seen."""
    first, last = sorted((scale.at(one.start), scale.at(one.end)))
    return first, max(last, first + 0.5)


def step(one: Step, scale: Scale) -> Html:
    """One bar of a waterfall, on the scale that all of them share."""
    first, last = hangs(one, scale)
    return _track((_rect(first, last - first, f"fill {one.state}"), _rect(scale.at(0.0), 0.4, "zero-mark")))


def sparkline(trend: Sequence[float | None], around_zero: bool) -> Html:
    """The last months of a figure as small bars, an unknown one left out; below zero they hang."""
    known = finite(trend)
    if len(known) < 2:
        return ""
    scale = Scale.over(known, 24, 2, zero=True) if around_zero else Scale(min(known), max(known) or 1, 22, 2)
    zero = scale.at(0.0) if around_zero else 24.0
    each = 96 / len(trend)
    bars = []
    for place, value in enumerate(trend):
        if value is None or not finite([value]):
            continue
        end = scale.at(value)
        high = max(abs(zero - end), 1)
        kind = "spark below" if around_zero and value < 0 else "spark"
        box = f'x="{place * each:.1f}" y="{min(zero, end):g}" width="{each * 0.7:.1f}" height="{high:g}"'
        bars.append(f'<rect {box} class="{kind}"/>')
    return f'<svg class="sparkline" viewBox="0 0 96 26" aria-hidden="true">{"".join(bars)}</svg>'


def curve(view: Curve, names: Mapping[str, str]) -> Html:
    """The lines with their axis, guides and notes; each point of an account says its name when pointed at."""
    ys = [y for line in view.lines for y in line.ys]
    down = Scale.over([*ys, *view.levels], HEIGHT - BOTTOM, TOP, margin=0.06, zero=True)
    ticks = [place for place, _ in view.x_ticks]
    across = Scale.over([*(x for line in view.lines for x in line.xs), *ticks], LEFT, WIDTH - RIGHT)
    parts = list(_left_axis(down, view.y_kind))
    for level in view.levels:
        parts.append(_line(LEFT, down.at(level), WIDTH - RIGHT, down.at(level), "guide"))
    ends: list[tuple[float, str, str]] = []
    for place, line in enumerate(view.lines):
        points = [(across.at(x), down.at(y)) for x, y in zip(line.xs, line.ys, strict=True) if len(finite([x, y])) == 2]
        kind = STROKES[place % len(STROKES)]
        parts.append(f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y in points)}" class="line {kind}"/>')
        for (x, y), account, amount in zip(points, line.ids, line.ys, strict=False):
            if account:
                said = f"{names.get(account, account)}: {show(amount, view.y_kind)}"
                parts.append(f'<circle cx="{x:g}" cy="{y:g}" r="2.6" class="dot"><title>{text(said)}</title></circle>')
        if points and len(view.lines) > 1:
            ends.append((points[-1][1], line.label, kind))
    parts += _line_names(ends)
    parts += _x_axis(across, view.x_ticks, view.x_title)
    return _svg([*parts, _words(LEFT, 11, view.y_title, "axis")], f"{view.y_title}; {view.caption}")


def _line_names(ends: list[tuple[float, str, str]]) -> Iterator[str]:
    """The names of lines at their right ends, none over another."""
    least = 0.0
    for y, label, kind in sorted(ends):
        least = max(y - 4, least + LINE_HEIGHT)
        yield _words(WIDTH - RIGHT - 2, least, cut(clean(label), NAME_LETTERS), f"name {kind}", "end")


def _x_axis(across: Scale, ticks: Iterable[tuple[float, str]], title: str) -> Iterator[str]:
    free = 0.0
    for place, label in ticks:
        x, half = across.at(place), width(label) * LETTER / 2
        if x - half >= free:
            anchor, at = ("end", WIDTH - 1.0) if x + half > WIDTH else ("middle", x)
            yield _words(at, HEIGHT - BOTTOM + 15, label, "tick", anchor)
            free = x + half + LETTER
    yield _words((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, title, "axis", "middle")


def scatter(view: Scatter, links: Mapping[str, str]) -> Html:
    """Accounts as dots, cut into four corners that say what lies in them; the largest are named."""
    rows = view.frame.select("account_id", "name", "x", "y").rows()
    rows = [row for row in rows if len(finite(row[2:])) == 2]
    most = max((float(row[2]) for row in rows), default=1.0)
    tail = view.x_cut > 0 and most / view.x_cut >= LONG_TAIL and all(row[2] > 0 for row in rows)
    across = Scale.over([*(row[2] for row in rows), view.x_cut], LEFT, WIDTH - RIGHT, margin=0.04, logarithmic=tail)
    down = Scale.over([*(row[3] for row in rows), view.y_cut], HEIGHT - BOTTOM - 14, TOP + 26, margin=0.05)
    parts = list(_left_axis(down, view.y_kind))
    cut_x, cut_y = across.at(view.x_cut), down.at(view.y_cut)
    parts += [_line(cut_x, TOP, cut_x, HEIGHT - BOTTOM, "guide"), _line(LEFT, cut_y, WIDTH - RIGHT, cut_y, "guide")]
    taken: list[tuple[float, float, float, float]] = []
    for place, (account, name, x, y) in enumerate(rows):
        dot = (across.at(float(x)), down.at(float(y)))
        said = f"{name}: {show(x, view.x_kind)}, {show(y, view.y_kind)}"
        drawn = f'<circle cx="{dot[0]:g}" cy="{dot[1]:g}" r="4" class="dot"><title>{text(said)}</title></circle>'
        parts.append(f'<a href="#{links[account]}">{drawn}</a>' if account in links else drawn)
        if place < LABELLED:
            parts += _name_beside(dot, cut(clean(name), NAME_LETTERS), taken)
    parts += _corners(view)
    ticks = [(tick, show(tick, view.x_kind)) for tick in across.ticks(5)]
    return _svg([*parts, *_x_axis(across, ticks, view.x_title)], f"{view.y_title} by {view.x_title}; {view.caption}")


def _name_beside(dot: tuple[float, float], name: str, taken: list[tuple[float, float, float, float]]) -> Iterator[str]:
    """The name right or left of its dot, where it covers no other name; else it is told when pointed at."""
    wide = width(name) * LETTER * 0.9
    for anchor, x in (("start", dot[0] + 6), ("end", dot[0] - 6)):
        first = x if anchor == "start" else x - wide
        box = (first, dot[1] - 8, first + wide, dot[1] + 4)
        inside = box[0] >= LEFT and box[2] <= WIDTH - 2
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            yield _words(x, dot[1] + 4, name, "name", anchor)
            return


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _corners(view: Scatter) -> Iterator[str]:
    """The names of the four corners with what lies in them, at the four edges of the plot."""
    top, bottom, end = TOP + 2, HEIGHT - BOTTOM - 5, WIDTH - RIGHT - 2
    places = ((LEFT + 3, top, "start"), (end, top, "end"), (LEFT + 3, bottom, "start"), (end, bottom, "end"))
    for corner, (x, y, anchor) in zip(view.corners, places, strict=True):
        yield _words(x, y + 4, cut(f"{clean(corner.label)}: {clean(corner.note)}", 34), "corner", anchor)


def months(view: MonthBars) -> Html:
    """Bars by month around their own zero, and the lines on a scale of their own above them."""
    middle = HEIGHT * 0.5
    across = Scale(-0.5, max(len(view.months) - 0.5, 0.5), LEFT, WIDTH - RIGHT)
    amounts = [amount for month in view.months for amount in month.lines]
    above = Scale.over(amounts, middle - 16, TOP + 18, zero=True)
    below = Scale.over([month.bar for month in view.months], HEIGHT - BOTTOM, middle + 18, zero=True, margin=0.04)
    parts = [*_left_axis(above, view.kind, 3), *_left_axis(below, view.kind, 3)]
    wide = (WIDTH - LEFT - RIGHT) / max(len(view.months), 1)
    for at, month in enumerate(view.months):
        known = finite([month.bar])
        if known:
            zero, end = below.at(0.0), below.at(known[0])
            kind = "fill bad" if known[0] < 0 else "fill good"
            said = f"{month.label}: {view.bar_label} {show(month.bar, view.kind)}"
            parts.append(
                f'<rect x="{across.at(at) - wide * 0.38:.1f}" y="{min(zero, end):g}" width="{wide * 0.76:.1f}" '
                f'height="{max(abs(end - zero), 0.5):.1f}" class="{kind}"><title>{text(said)}</title></rect>'
            )
    for place, label in enumerate(view.line_labels):
        parts += _month_line(view, place, label, across, above)
    unit = f", {view.unit}" if view.unit else ""
    parts += [_words(LEFT, middle + 10, f"{view.bar_label}{unit}", "axis")]
    parts += _legend([f"{label}{unit}" for label in view.line_labels])
    ticks = [(float(at), month.label) for at, month in enumerate(view.months)]
    said = f"{', '.join(view.line_labels)} and {view.bar_label} by month"
    return _svg([*parts, *_x_axis(across, _months_shown(ticks), "")], said)


def _months_shown(ticks: list[tuple[float, str]], most: int = 6) -> list[tuple[float, str]]:
    """As many months as have room below the axis, the last one among them."""
    every = max(1, -(-len(ticks) // most))
    return [tick for at, tick in enumerate(ticks) if (len(ticks) - 1 - at) % every == 0]


def _month_line(view: MonthBars, place: int, label: str, across: Scale, above: Scale) -> Iterator[str]:
    """One line over the months; a month that is not known leaves a gap."""
    kind = STROKES[place % len(STROKES)]
    run: list[str] = []
    for at, month in enumerate([*view.months, None]):
        value = month.lines[place] if month is not None else None
        if month is not None and value is not None and finite([value]):
            x, y = across.at(at), above.at(value)
            run.append(f"{x:g},{y:g}")
            said = f"{month.label}: {label} {show(value, view.kind)}"
            yield f'<circle cx="{x:g}" cy="{y:g}" r="2" class="dot {kind}"><title>{text(said)}</title></circle>'
        elif run:
            yield f'<polyline points="{" ".join(run)}" class="line {kind}"/>'
            run = []


def _legend(labels: Sequence[str]) -> Iterator[str]:
    x = float(LEFT)
    for place, label in enumerate(labels):
        kind = STROKES[place % len(STROKES)]
        yield _line(x, 8, x + 14, 8, f"line {kind}")
        yield _words(x + 18, 12, label, "axis")
        x += 28 + width(label) * LETTER
