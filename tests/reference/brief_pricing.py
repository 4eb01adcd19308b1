"""What line 9 of the Brief says: whether co-innovation money and value pricing go to the right accounts."""

from __future__ import annotations

from decimal import Decimal

from kaptui.text import count, money, share
from tests.reference.brief_words import Line, behind, names
from tests.reference.case import Case
from tests.reference.money import ZERO, figures, quadrant, ratio, total, value_priced_share
from tests.reference.value import co_innovation


def right_accounts(case: Case) -> Line:
    """Line 9: whether co-innovation money and value pricing go to the accounts that earn programme margin.

    Right where those get at least their share of revenue, and are value priced at least as much as others; partly where
    one of the two holds.
    """
    rich = {key for key in case.ids if quadrant(case, key) in ("protect", "invest")}
    rows = [row for row in co_innovation(case) if row["running"]]
    known = [row for row in rows if row["own_commitment"] is not None]
    own = sum((row["own_commitment"] for row in known), ZERO)
    rest: dict[str, Decimal] = {}
    for row in known:
        if row["account_id"] not in rich and row["own_commitment"] > 0:
            rest[row["account_id"]] = rest.get(row["account_id"], ZERO) + row["own_commitment"]
    ids = sorted(rest, key=lambda key: (-rest[key], key))
    unjudged = {key for key in ids if quadrant(case, key) is None}
    beside = {key: money(rest[key]) + (" (margin unknown)" if key in unjudged else "") for key in ids}
    elsewhere = sum((row["own_commitment"] for row in known if row["account_id"] not in rich), ZERO)
    judged_money = own > 0
    if case.facts.empty("programme"):
        said = "co-innovation is not known: fill programme.csv"
    elif not rows:
        said = "no co-innovation programme is running"
    elif not judged_money:
        said = "no commitment to a running programme is known"
    else:
        said = (
            f"{share((own - elsewhere) / own)} of {money(own)} co-innovation money goes to accounts at programme margin"
        )
        said += f" ({share(_of_revenue(case, rich))} of revenue)"
        said += f", {money(elsewhere)} to {count('other', len(ids))}{names(case, ids, beside)}" if ids else ""
        unknown = len(rows) - len(known)
        said += f"; {count('programme', unknown)} without a known amount" if unknown else ""
    told = ids if judged_money else [] if not case.facts.empty("programme") and not rows else None
    there, others, everywhere = _value_priced(case, rich)
    judged = [] if there is None or others is None else [round(there, 9) >= round(others, 9)]
    brief = None
    if judged_money:
        judged.append(round(float((own - elsewhere) / own), 9) >= round(float(_of_revenue(case, rich)), 9))
        brief = f"{share((own - elsewhere) / own)} of {money(own)} co-innovation at margin"
        brief += "" if everywhere is None else f"; {share(everywhere)} of revenue value priced"
    verdict = None if not judged else "right" if all(judged) else "partly" if any(judged) else "wrong"
    said = f"{said}; {_priced(there, others, everywhere)}"
    if verdict:
        said, brief = f"{verdict}: {said}", f"{verdict}: {brief}" if brief else None
    who = _where(behind(case, ids, beside), there, others) if judged_money else ""
    return Line(said, told, elsewhere if judged_money else None, None, "", brief, verdict, who)


def _where(others_told: str, there: float | None, others: float | None) -> str:
    """Who else gets money, and how much is value priced at accounts at programme margin and elsewhere."""
    parts = [f"elsewhere: {others_told}" if others_told else ""]
    if there is not None or others is not None:
        shares = ["not known" if one is None else share(one) for one in (there, others)]
        parts += [f"value priced {shares[0]} at margin or above, {shares[1]} elsewhere"]
    return "; ".join(filter(None, parts))


def _of_revenue(case: Case, rich: set[str]) -> Decimal | float:
    return (
        ratio(total(figures(case, key).revenue for key in rich), total(figures(case, key).revenue for key in case.ids))
        or 0
    )


def _value_priced(case: Case, rich: set[str]) -> list[float | None]:
    """The value-priced share of revenue at the accounts at programme margin, at the others, and at all."""
    parts = []
    for group in (rich, set(case.ids) - rich, set(case.ids)):
        found = [figures(case, key) for key in group if value_priced_share(figures(case, key)) is not None]
        parts.append(ratio(total(one.value_priced for one in found), total(one.priced for one in found)))
    return parts


def _priced(there: float | None, others: float | None, everywhere: float | None) -> str:
    if everywhere is None:
        return "value pricing is not known: fill revenue_value_priced in financial_period.csv"
    said = f"value priced {share(everywhere)} of revenue"
    if there is None:
        return f"{said}, all elsewhere, not known there"
    if others is None:
        return f"{said}, all there, not known elsewhere"
    return f"{said}: {share(there)} there, {share(others)} elsewhere"
