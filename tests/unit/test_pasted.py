"""What is pasted into the filter, line by line."""

from __future__ import annotations

import pytest

from kaptui.ui.widgets.filter_input import pasted


@pytest.mark.parametrize(
    ("text", "filter"),
    [
        ("helvia", "helvia"),
        ("helvia group\n", "helvia group"),
        ("region:DACH\ntier:1", "region:DACH tier:1"),
        ("region:DACH\r\n\r\n  revenue>5m\t-tier:3 ", "region:DACH revenue>5m -tier:3"),
        ("Helvia Group\nSunfold\n", 'name:"Helvia Group" name:Sunfold'),
        ('Tom & "Co"\nAcme (UK)', 'name:"Tom & ""Co""" name:"Acme (UK)"'),
        ("\n \n", ""),
        ("", ""),
    ],
)
def test_no_line_is_lost(text: str, filter: str) -> None:
    assert pasted(text) == filter
