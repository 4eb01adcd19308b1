"""The SELECT of exports whose columns are rows: ledgers with a column per month, scores per factor, two sponsors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaptui.common.sql import identifier, literal
from kaptui.facts.schema import shipped_schema
from kaptui.loading.drafts.cells import EMPTY, Cell, CellWriter
from kaptui.loading.drafts.exports import Export
from kaptui.loading.drafts.questions import named, quoted, shown
from kaptui.loading.drafts.tables import Draft, Drafting
from kaptui.loading.drafts.words import Words, plain

MEASURES = ("revenue", "cogs", "cost_to_serve")
_THOUSANDS = re.compile(
    r"\bt ?(eur|usd|chf|gbp|€|\$)|\bk ?(eur|usd|chf|gbp|€|\$)|\b(eur|usd|chf|gbp) ?k\b"
    r"|thousand|tausend|\bin t€|'000|\b000s\b",
    re.IGNORECASE,
)
_MILLIONS = re.compile(r"\b(mio|million|millions|millionen|meur|musd)\b", re.IGNORECASE)
_CURRENCIES = {"€": "EUR", "euro": "EUR", "$": "USD", "£": "GBP"}
_CURRENCY = re.compile(r"(?<![A-Z])[TKM]? ?(EUR|USD|CHF|GBP|PLN|SEK|DKK|NOK|CZK|HUF|JPY|CNY)(?![A-Z])")


def measure_of(words: Words, export: Export) -> str | None:
    """Which amount a ledger holds, by its sheet, file or title."""
    for text in (plain(export.origin.sheet or ""), export.words, plain(export.title)):
        for measure in reversed(MEASURES):
            if any(re.search(rf"\b{re.escape(word)}\b", text) for word in words.of("financial_period", measure)):
                return measure
    return None


def factors_of(words: Words, export: Export) -> dict[str, str]:
    """Heading -> the number of the success factor it names; less than three are none."""
    found = {heading: str(n) for n in range(1, 7) if (heading := words.find("assessment", str(n), export.columns))}
    return found if len(found) >= 3 else {}


def sponsors_of(words: Words, export: Export) -> dict[str, str]:
    """Side -> the heading of who sponsors there."""
    sides = {side: words.find("sponsorship", side, export.columns) for side in ("internal", "external")}
    return {side: heading for side, heading in sides.items() if heading}


def unit(drafting: Drafting, export: Export, *, has_currency: bool = False) -> tuple[str, str, str]:
    """What amounts are multiplied with, the currency as SQL, and what to say: by the title, the file and sheet name."""
    ask, table = drafting.questions.ask, "financial_period"
    text = f"{export.title} {export.origin.name}".replace("_", " ")
    factor = "1000" if _THOUSANDS.search(text) else "1000000" if _MILLIONS.search(text) else "1"
    found = _CURRENCY.search(text)
    currency = found[1] if found else next((code for sign, code in _CURRENCIES.items() if sign in text.casefold()), "")
    if factor != "1":
        said = ask(
            table, "told", f"amounts are in {factor} {currency}: so says the title or the name", "", export=export
        )
    else:
        asks = "no title says in which unit amounts are: taken as they stand, not as thousands"
        said = ask(table, "guess", asks, "1000 * or 1000000 * before the amounts", export=export)
    if currency or has_currency:
        return factor, literal(currency), said
    return factor, "'?'", ask(table, "open", "no title says the currency", "its code, as 'EUR'", export=export)


def ledgers(drafting: Drafting, exports: dict[str, Export]) -> str:
    """Ledgers with a column per month, one for each measure, as rows of financial_period."""
    parts: list[str] = []
    first = next(iter(exports))
    currency, said = "'?'", ""
    for measure, export in exports.items():
        factor, its_currency, its_said = unit(drafting, export)
        if measure == first:
            currency, said = its_currency, its_said
        parts.append(_months(drafting, measure, export, factor))
    columns = ["account_id", "period_start", f"{currency} as currency"]
    if "revenue" not in exports:
        columns.append("'?' as revenue")
        drafting.questions.ask("financial_period", "open", "no ledger of revenue was found", "the revenue of a month")
    columns += [f"{measure}.amount as {measure}" for measure in exports]
    # a cost without revenue stays, so that the load tells of it
    joins = [f"full join {measure} using (account_id, period_start)" for measure in list(exports)[1:]]
    commas = [f"{column}{',' if place < len(columns) else ''}" for place, column in enumerate(columns, start=1)]
    commas[2] += f"  -- {said}" if said else ""
    select = "\n    ".join(commas)
    return "\n".join([f"with {', '.join(parts)}", f"select\n    {select}", f"from {first}", *joins])


def _months(drafting: Drafting, measure: str, export: Export, factor: str) -> str:
    """A ledger as rows: account, month, amount."""
    draft = Draft(export.name)
    account = drafting.account(draft, "financial_period", export) or "'?'"
    if account == "'?'":
        drafting.questions.ask(
            "financial_period", "open", "no column names an account", "a column at `as account_id`", export=export
        )
    odd = _no_amounts(drafting, export)
    read = "amount"
    if odd:
        read = "try_amount"
        asks = f"cells that are no numbers are left out: {named(odd)}"
        empty = {plain(cell) for cell in odd} <= EMPTY
        write = "" if empty else "correct them in the export"
        drafting.questions.ask("financial_period", "told" if empty else "guess", asks, write, export=export)
    if export.doubtful:
        drafting.questions.ask(
            "financial_period",
            "open",
            "thousands or decimals, where no cell settles it?",
            "amount(s.cell, 'comma') or amount(s.cell, 'point'), where the load asks",
            export=export,
        )
    for one in export.contradictions:
        asks = (
            f"column {shown(one.column)} is left out, though it contradicts its months in {one.rows:,} of {one.of:,} "
            f"rows: line {one.line} says {one.says:,}, its months come to {one.months:,}"
        )
        write = "correct the months or the sum in the export; the months are what is loaded"
        drafting.questions.ask("financial_period", "guess", asks, write, export=export)
    left = list(export.columns)
    scale = f"{factor} * " if factor != "1" else ""
    exclude = f" exclude ({', '.join(map(identifier, left))})" if left else ""
    where = ["month_of(s.month) is not null", *draft.where]
    if odd:
        where.append("try_amount(s.cell) is not null")
    lines = [
        f"{measure} as (",
        f"    select {account} as account_id, month_of(s.month) as period_start, {scale}{read}(s.cell) as amount",
        f"    from (unpivot {export.name} on columns(*{exclude}) into name month value cell) as s",
        *(f"    {join}" for join in draft.joins),
        f"    where {where[0]}",
        *(f"        and {each}" for each in where[1:]),
        ")",
    ]
    return "\n".join(lines)


def _no_amounts(drafting: Drafting, export: Export) -> list[str]:
    columns = ", ".join(map(identifier, export.months))
    found = drafting.reader.execute(
        f"select cell from (unpivot (select {columns} from {export.name}) on * into name month value cell) "
        "where coalesce(amount_read(cell, 'comma'), amount_read(cell, 'point')) is null "
        "group by cell order by count(*) desc, cell limit 20"
    ).fetchall()
    return [cell for (cell,) in found]


def assessments(drafting: Drafting, exports: Sequence[Export]) -> str:
    """Scores with a column per factor, a file for each review, as rows of assessment."""
    return "\nunion all\n".join(_assessment(drafting, export) for export in exports)


def _assessment(drafting: Drafting, export: Export) -> str:
    draft = Draft("scores")
    factors = factors_of(drafting.words, export)
    account = drafting.account(draft, "assessment", export) or "'?'"
    day, said = _day_of_file(drafting, export)
    draft.where.append("s.score is not null")
    odd = [
        value.text
        for heading in factors
        for value in export.columns[heading].values
        if not re.fullmatch(r"\d+([.,]\d+)?", value.text.strip())
    ]
    if odd:
        asks = f"left out as no score: {named(list(dict.fromkeys(odd)))}"
        drafting.questions.ask("assessment", "told", asks, "", export=export)
        draft.where.append("try_amount(s.score) is not null")
    whens = "\n".join(f"        when {quoted(heading)} then {number}" for heading, number in factors.items())
    note = drafting.words.find("assessment", "note", export.columns)
    draft.cells = {
        "account_id": Cell(account),
        "factor_id": Cell(f"case s.factor\n{whens}\n    end"),
        "assessed_on": Cell(day, said),
        "score": Cell(f"{'try_' if odd else ''}amount(s.score)"),
    }
    if note:
        draft.cells["note"] = Cell(f"s.{identifier(note)}")
    headings = ", ".join(map(identifier, factors))
    draft.rows = f"(unpivot {export.name} on {headings} into name factor value score)"
    return draft.text()


def _day_of_file(drafting: Drafting, export: Export) -> tuple[str, str]:
    """The day of a review, as far as the file's name says."""
    ask = drafting.questions.ask
    if heading := drafting.words.find("assessment", "assessed_on", export.columns):
        return f"day_of(s.{identifier(heading)})", ""
    found = re.search(r"(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?([0-2]\d|3[01]))?(?!\d)", export.origin.name)
    if found and found[3]:
        return f"date '{found[1]}-{found[2]}-{found[3]}'", "as the file's name says"
    if found:
        asked = ask(
            "assessment",
            "guess",
            "the day: the first of the month that the file's name says",
            "the day of the review at `as assessed_on`",
            export=export,
        )
        return f"date '{found[1]}-{found[2]}-01'", f"guess: {asked}"
    asked = ask(
        "assessment", "open", "on which day was it scored?", "the day instead of '?', as '2026-06-10'", export=export
    )
    return "'?'", asked


def sponsorships(drafting: Drafting, exports: Sequence[Export]) -> str:
    """Who sponsors an account inside and at the customer, beside each other in one row, as rows of sponsorship."""
    selects = [
        _sponsorship(drafting, export, side, heading)
        for export in exports
        for side, heading in sponsors_of(drafting.words, export).items()
    ]
    return "\nunion all by name\n".join(selects)


def _sponsorship(drafting: Drafting, export: Export, side: str, heading: str) -> str:
    table = shipped_schema()["sponsorship"]
    draft = Draft(export.name)
    account = drafting.account(draft, "sponsorship", export) or "'?'"
    writer = CellWriter(table, export, drafting.words, drafting.questions)
    draft.cells["sponsorship_id"] = Cell(f"concat_ws(' / ', {account}, {literal(side)})", "made of account and side")
    draft.cells["account_id"] = Cell(account)
    person = drafting.link(draft, "sponsorship", export, "person_id", heading)
    draft.cells["person_id"] = person or writer.missing(table.columns["person_id"])
    draft.cells["side"] = Cell(literal(side))
    start = drafting.words.find("sponsorship", f"{side}_start", export.columns)
    start_on = table.columns["start_on"]
    draft.cells["start_on"] = writer.cell(start_on, start, sure=True) if start else writer.missing(start_on)
    contact = drafting.words.find("sponsorship", "counterpart_id", export.columns)
    if contact and side == "external":
        found = drafting.link(draft, "sponsorship", export, "counterpart_id", contact)
        if found:
            draft.cells["counterpart_id"] = found
    draft.where.append(f"s.{identifier(heading)} is not null")
    return draft.text()


def long_ledger(drafting: Drafting) -> str:
    """A ledger with a row per account and month, or with several, as rows of financial_period."""
    export = drafting.feeds["financial_period"][0]
    draft = drafting.table("financial_period")
    if draft is None:
        return ""
    found = drafting.words.columns(shipped_schema()["financial_period"], list(export.columns))
    factor, currency, said = unit(drafting, export, has_currency="currency" in found)
    amounts = [name for name in (*MEASURES,) if name in draft.cells]
    for name in amounts:
        scale = f"{factor} * " if factor != "1" else ""
        draft.cells[name] = Cell(f"{scale}{draft.cells[name].sql}", draft.cells[name].note)
    if "currency" not in found:
        draft.cells["currency"] = Cell(currency, said)
    sums = ",\n    ".join(f"if(count({name}) = count(*), sum({name}), null) as {name}" for name in amounts)
    others = [name for name in draft.cells if name not in amounts]
    inner = draft.text().replace("\n", "\n    ")
    comment = "-- rows of one account and month are added up; where one of them is empty the sum is unknown"
    return f"with row as (\n    {inner}\n)\n{comment}\nselect {', '.join(others)},\n    {sums}\nfrom row\ngroup by all"
