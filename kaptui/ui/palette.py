"""What the palette offers: accounts, commands, themes, in one list."""

from __future__ import annotations

from collections.abc import Sequence

from kaptui.ui.keys import Key
from kaptui.ui.screens.finder import Choice
from kaptui.ui.situation import Situation
from kaptui.views import Row
from kaptui.wording import clean, listed, money

ACCOUNTS = 20


def search(situation: Situation | None, keys: Sequence[Key], themes: Sequence[str], text: str) -> list[Choice]:
    """Everything that holds all words of `text`, in any case; accounts first once something is typed."""
    words = text.lower().split()
    commands = [Choice("Command", key.help, key.shown, key.id) for key in keys if key.command and key.id != "palette"]
    looks = [Choice("Theme", name, "", name) for name in themes]
    return [*_accounts(situation, words), *(one for one in [*commands, *looks] if _holds(one, words))]


def _holds(choice: Choice, words: list[str]) -> bool:
    text = f"{choice.kind} {choice.label}".lower()
    return all(word in text for word in words)


def _accounts(situation: Situation | None, words: list[str]) -> list[Choice]:
    if situation is None or not words:
        return []
    import polars as pl

    name = pl.col("name").str.to_lowercase()
    found = situation.card.filter(pl.all_horizontal(name.str.contains(word, literal=True) for word in words))
    ranked = found.with_columns(name.str.starts_with(words[0]).alias("first")).sort(
        ["first", "revenue"], descending=True, nulls_last=True
    )
    return [_account(row) for row in ranked.head(ACCOUNTS).iter_rows(named=True)]


def _account(row: Row) -> Choice:
    note = listed((clean(row["region"] or ""), money(row["revenue"])))
    return Choice("Account", clean(row["name"]), note, row["account_id"])
