"""From a folder of CSV or Parquet files, or an Excel workbook, to a checked kaptui file. All or nothing."""

from __future__ import annotations

from kaptui.loading.drafts import Drafts, draft
from kaptui.loading.findings import Finding, LoadRefused, Progress, Report
from kaptui.loading.grouping import grouped
from kaptui.loading.receipt import Receipt
from kaptui.loading.run import check, into_memory, load
from kaptui.loading.templates import init

__all__ = [
    "Drafts",
    "Finding",
    "LoadRefused",
    "Progress",
    "Receipt",
    "Report",
    "check",
    "draft",
    "grouped",
    "init",
    "into_memory",
    "load",
]
