"""The page of one account: its tabs and what stands on them, drawn by the dashboard and printed as text alike."""

from kaptui.account_page.tabs import HEADLINE, TABS, Tab

__all__ = ["HEADLINE", "TABS", "Tab"]
