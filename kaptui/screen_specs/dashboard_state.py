"""The state that every panel shows: a filter that holds, its context, and which accounts it chose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kaptui.filters import Context, Filters

if TYPE_CHECKING:
    import polars as pl

    from kaptui.portfolio import Portfolio
    from kaptui.portfolio.catalogue import OwnQuestion


@dataclass(frozen=True, slots=True, eq=False)
class DashboardState:
    """A filter that holds, with its context and how many accounts it chose; `exited` of them left the programme.

    Compared by identity: a refresh makes a new one even where the filters are the same, so late answers to
    the old one are recognised and dropped. `account_card` has one row for each of all accounts. `revenue_share` is a
    fraction, None where no revenue is known. `file` is the name on line 1, `arguments` what a command line
    needs to open it. `rescue` is, for a filter without matches, each condition and how many accounts match without
    it, `meant` each value that a word of it may stand for, and how many match then.
    `reviews` are the review points before as-of, the latest first, `remarks` what the file lacks (`lacks` adds
    what its figures do). `undoable` is the condition that Esc drops, because a panel added it last. `unscoped` is the
    state that this one narrows to one account, or widens to all. `own_questions` are those of a company's own that can
    be asked; `filtered` is false where what is asked does not depend on the filter. `earlier` are the choices settled
    for the day that the reader chose to compare with; None where he chose none. `exited_in_file` left the programme,
    chosen or not; `needing` of those chosen need the director.
    """

    filters: Filters
    context: Context
    file: str
    account_card: pl.DataFrame
    matching: int
    exited: int
    revenue_share: float | None
    chips: tuple[str, ...] = ()
    rescue: tuple[tuple[str, int], ...] = ()
    meant: tuple[tuple[str, int], ...] = ()
    undoable: str = ""
    arguments: tuple[str, ...] = ()
    reviews: tuple[tuple[str, date], ...] = ()
    remarks: tuple[str, ...] = ()
    unscoped: DashboardState | None = None
    own_questions: tuple[OwnQuestion, ...] = ()
    filtered: bool = True
    earlier: Context | None = None
    exited_in_file: int = 0
    needing: int = 0

    @property
    def earlier_filters(self) -> Filters | None:
        """What the same accounts are asked about as of the day compared with.

        None where the reader chose none, and in a what-if: its change is against the file as it is.
        """
        if self.earlier is None or self.filters.moves:
            return None
        selected_by = self.filters if self.filters.where else None
        return replace(as_of_since(self.filters, self.context), selected_by=selected_by)

    @property
    def accounts(self) -> int:
        """All accounts of the file, whatever the filter."""
        return self.account_card.height

    @property
    def lacks(self) -> tuple[str, ...]:
        """What a reader must know of the file and of its figures as chosen."""
        from kaptui.text.window import figure_remarks

        return (*self.remarks, *figure_remarks(self.context))

    def of_account(self, account_id: str) -> DashboardState:
        """The same choices narrowed to one account."""
        quoted = account_id.replace('"', '""')
        where = f'account_id:"{quoted}"'
        return replace(self, filters=replace(self.filters, where=where), matching=1, exited=0, rescue=(), unscoped=self)

    def of_all(self) -> DashboardState:
        """The same choices for what does not depend on the filter: over all accounts."""
        filters = replace(self.filters, where="")
        return replace(self, filters=filters, matching=self.accounts, rescue=(), unscoped=self, filtered=False)


def as_of_since(filters: Filters, context: Context) -> Filters:
    """The same choices as of the day compared with; profit is counted in the same way."""
    return replace(filters, as_of=context.since, since=None, basis=context.basis)


def apply_filters(portfolio: Portfolio, filters: Filters) -> DashboardState:
    """Run the filter over the account card. UsageError: the filter or a date does not hold. Runs in a worker."""
    from kaptui.filter_language import chips, meant, rescue

    context = portfolio.context(filters)
    card = portfolio.card(filters)
    chosen = portfolio.matching(filters)
    total = float(card["revenue"].sum() or 0)
    part = float(chosen["revenue"].sum() or 0)
    return DashboardState(
        filters=filters,
        context=context,
        file=portfolio.name,
        account_card=card,
        matching=chosen.height,
        exited=int((chosen["status"] == "exited").sum()),
        revenue_share=part / total if total > 0 else None,
        needing=int((chosen["attention"] > 0).sum()),
        exited_in_file=int((card["status"] == "exited").sum()),
        chips=tuple(chip.text for chip in chips(filters.where)),
        rescue=() if chosen.height or not card.height else tuple(rescue(filters.where, card)),
        meant=() if chosen.height or not card.height else tuple(meant(filters.where, card)),
        arguments=portfolio.arguments,
        reviews=tuple(portfolio.reviews(filters)),
        remarks=portfolio.remarks,
        own_questions=portfolio.own_questions,
        earlier=portfolio.context(as_of_since(filters, context)) if filters.since is not None else None,
    )
