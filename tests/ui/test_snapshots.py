"""How the screens look: compared with a picture of the last time somebody looked.

One dashboard for each portfolio goes from size to size and from screen to screen; every picture that differs is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.keys import BY_ID
from kaptui.ui.screen_factory import SCREENS
from tests.ui.harness import Driver, Meddler, dashboard, made_of, press, running, settled

SIZES = {"120x36": (120, 36), "80x24": (80, 24), "60x16": (60, 16)}
EACH_SCREEN = {mode: [BY_ID[f"screen.{mode}"].keys] for mode in SCREENS}
ACCOUNT = {tab: [tab] for tab in "123456"}
VALUE = {
    "120x36": {"bridge": ["3", "tab", "m"], "mix": ["1", "3", "tab", "m", "m"]},
    "80x24": {"quadrant": ["3", "m"], "bridge": ["m"], "mix": ["m"]},
}
Ways = Mapping[str, Sequence[str]]


class Pictures(SVGImageExtension):  # type: ignore[misc]
    """A picture is the file of the name that is asked for: one test looks at several sizes."""

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        """The name itself: whose pictures, the size and the screen."""
        del test_location
        return str(index)


@pytest.fixture(scope="module")
def empty_portfolio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """A file that holds no fact yet."""
    portfolio = made_of(tmp_path_factory.mktemp("empty"), {"account": "account_id,name\n"})
    yield portfolio
    portfolio.close()


async def changed(pilot: Driver, snapshot: SnapshotAssertion, of: str, size: str, ways: Ways) -> list[str]:
    """Press the keys that lead to each picture, one after the other, and name those that look otherwise."""
    found = []
    pictures = snapshot.use_extension(Pictures)
    for name, keys in ways.items():
        await press(pilot, *keys)
        picture = f"{of}[{size}][{name}]"
        if pilot.app.export_screenshot() != pictures(name=picture):
            found.append(picture)
    return found


async def changed_at_each_size(pilot: Driver, snapshot: SnapshotAssertion, of: str, ways: Ways) -> list[str]:
    """Those that look otherwise at one size or another."""
    found = []
    for size, cells in SIZES.items():
        await pilot.resize_terminal(*cells)
        await settled(pilot)
        found += await changed(pilot, snapshot, of, size, ways)
    return found


async def test_sample(sample_portfolio: Portfolio, snapshot: SnapshotAssertion) -> None:
    async with running(dashboard(Meddler(sample_portfolio))) as pilot:
        assert not await changed_at_each_size(pilot, snapshot, "test_sample", EACH_SCREEN)


async def test_empty_file(empty_portfolio: Portfolio, snapshot: SnapshotAssertion) -> None:
    async with running(dashboard(Meddler(empty_portfolio), Filters(as_of=date(2026, 9, 30)))) as pilot:
        assert not await changed_at_each_size(pilot, snapshot, "test_empty_file", EACH_SCREEN)


async def test_no_match(sample_portfolio: Portfolio, snapshot: SnapshotAssertion) -> None:
    nobody = Filters(where="region:DACH tier:1 margin>90%")
    async with running(dashboard(Meddler(sample_portfolio), nobody)) as pilot:
        assert not await changed_at_each_size(pilot, snapshot, "test_no_match", EACH_SCREEN)


async def test_account(sample_portfolio: Portfolio, snapshot: SnapshotAssertion) -> None:
    async with running(dashboard(Meddler(sample_portfolio))) as pilot:
        await press(pilot, "enter")
        assert not await changed_at_each_size(pilot, snapshot, "test_account", ACCOUNT)


@pytest.mark.parametrize("size", VALUE)
async def test_value(sample_portfolio: Portfolio, snapshot: SnapshotAssertion, size: str) -> None:
    async with running(dashboard(Meddler(sample_portfolio)), SIZES[size]) as pilot:
        assert not await changed(pilot, snapshot, "test_value", size, VALUE[size])
