"""The comments on the model, for whoever explores it in a shell: nothing that they speak of is missing."""

from __future__ import annotations

from kaptui import loading
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.resources import queries_dir, sample_dir


def test_the_comments_speak_of_what_the_model_holds() -> None:
    connection = loading.into_memory(sample_dir())
    portfolio = Portfolio.over(connection, "sample")
    for question in portfolio.questions:
        portfolio.ask(question, Filters())
    connection.execute("set search_path = 'choice_1,main'")
    connection.execute((queries_dir() / "model" / "comments.sql").read_text(encoding="utf-8"))
    portfolio.close()
