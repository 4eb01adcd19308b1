"""The server lets in who has the key, from its own page on this machine; every page ends with its process."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("textual_serve", reason="needs the extra kaptui[web]")

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, WSMsgType, WSServerHandshakeError, web

from kaptui.errors import KaptuiError
from kaptui.web import server as served
from kaptui.web.fonts import monospace
from tests.web import dashboard

pytestmark = pytest.mark.web

STAND_IN = (sys.executable, str(Path(dashboard.__file__)), '../a "b";\r\nX: y\u202e.csv')
PATHS = ("/", "/ws", "/static/textual.js", "/static/page.css", "/font/regular.ttf", "/download/k1", "/nothing")


class Visitor:
    """Asks the server as a browser would, or as one that means no good."""

    def __init__(self, server: served.Server, client: ClientSession) -> None:
        self.server = server
        self.client = client

    def headers(self, **more: str) -> dict[str, str]:
        """Those of the page itself; a header given empty is left out."""
        own = {"Cookie": f"{self.server.cookie}={self.server.key}", "Origin": self.server.origin}
        return {
            name: value
            for name, value in (own | {key.replace("_", "-"): v for key, v in more.items()}).items()
            if value
        }

    async def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and content."""
        async with self.client.get(self.server.origin + path, headers=self.headers(**headers)) as found:
            return found.status, dict(found.headers), await found.read()

    @asynccontextmanager
    async def page(self, **headers: str) -> AsyncIterator[Any]:
        """The websocket of an open page."""
        address = f"{self.server.origin}/ws?width=90&height=30"
        async with self.client.ws_connect(address, headers=self.headers(**headers)) as socket:
            yield socket

    async def refused(self, **headers: str) -> int:
        """The status with which a websocket is refused."""
        with pytest.raises(WSServerHandshakeError) as told:
            async with self.page(**headers):
                pass
        return told.value.status


@asynccontextmanager
async def visited(words: tuple[str, ...] = STAND_IN) -> AsyncIterator[Visitor]:
    server = served.Server(words)
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await served.start(runner, server, 0)
    try:
        async with ClientSession(cookie_jar=DummyCookieJar(), timeout=ClientTimeout(total=20)) as client:
            yield Visitor(server, client)
    finally:
        await runner.cleanup()


@contextmanager
def sooner(monkeypatch: pytest.MonkeyPatch, **seconds: float) -> Iterator[None]:
    for name, value in seconds.items():
        monkeypatch.setattr(served, name, value)
    yield


# Who is let in


async def test_whoever_knows_the_address_is_let_in_and_the_key_is_kept_from_scripts() -> None:
    async with visited() as visitor:
        status, headers, page = await visitor.get(f"/?key={visitor.server.key}", Cookie="", Origin="")
        assert status == 200
        assert visitor.server.key.encode() not in page
        cookie = headers["Set-Cookie"]
        assert cookie.startswith(f"{visitor.server.cookie}={visitor.server.key}; ")
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert len(visitor.server.key) >= 43
        assert served.Server(STAND_IN).key != visitor.server.key


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Cookie": ""}, id="no key"),
        pytest.param({"Cookie": "kaptui_1=x"}, id="a wrong cookie"),
        pytest.param({"Host": "evil.example"}, id="a wrong host, as of a name that was bound anew"),
        pytest.param({"Host": "127.0.0.1"}, id="a wrong port"),
        pytest.param({"Origin": "http://evil.example"}, id="a foreign origin"),
        pytest.param({"Origin": "http://127.0.0.1:1"}, id="another server of this machine"),
        pytest.param({"Origin": "null"}, id="a page without an origin"),
        pytest.param({"Sec_Fetch_Site": "cross-site"}, id="asked from another site"),
        pytest.param({"Sec_Fetch_Site": "same-site"}, id="asked from another port"),
    ],
)
async def test_who_is_refused_gets_nothing_of_any_path(headers: dict[str, str]) -> None:
    async with visited() as visitor:
        for path in PATHS:
            status, told, content = await visitor.get(path, **headers)
            assert status == 403, path
            assert content.startswith(b"kaptui: ")
            assert "Set-Cookie" not in told
            assert visitor.server.key.encode() not in content
        assert await visitor.refused(**headers) == 403


async def test_a_wrong_key_and_a_websocket_without_an_origin_are_refused() -> None:
    async with visited() as visitor:
        for wrong in ("", "x", visitor.server.key[:-1], "%C3%A4"):
            assert (await visitor.get(f"/?key={wrong}"))[0] == 403
        assert (await visitor.get(f"/static/page.js?key={visitor.server.key}", Cookie=""))[0] == 403
        assert await visitor.refused(Origin="") == 403


async def test_no_two_hosts_are_taken() -> None:
    async with visited() as visitor:
        reader, writer = await asyncio.open_connection(served.HOST, visitor.server.port)
        host = f"Host: {served.HOST}:{visitor.server.port}\r\n"
        writer.write(f"GET /?key={visitor.server.key} HTTP/1.1\r\n{host}Host: evil.example\r\n\r\n".encode())
        assert (await reader.readline()).split()[1] in (b"400", b"403")
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def test_it_listens_on_this_machine_only_and_a_taken_port_is_told() -> None:
    async with visited() as visitor:
        assert served.HOST == "127.0.0.1"
        other = web.AppRunner(served.Server(STAND_IN).app())
        await other.setup()
        with pytest.raises(KaptuiError, match=f"port {visitor.server.port}: "):
            await served.start(other, served.Server(STAND_IN), visitor.server.port)
        await other.cleanup()


# What the page may ask for


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "action") or "url" in name]
        self.scripts += tag == "script" and not dict(attrs).get("src")


async def test_the_page_asks_this_server_and_no_other() -> None:
    async with visited() as visitor:
        _, _, page = await visitor.get("/")
        seen = _Addresses()
        seen.feed(page.decode())
        assert seen.scripts == 0, "the policy allows no script inside the page"
        own = [one for one in seen.found if one.startswith("/")]
        others = set(seen.found) - set(own)
        assert others == {"data:,", f"ws://127.0.0.1:{visitor.server.port}/ws"}
        assert len(own) == 4
        for path in own:
            status, _, content = await visitor.get(path)
            assert status == 200, path
            text = content.decode()
            if path.endswith(".css"):
                text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
                assert all(one.startswith("/font/") for one in re.findall(r"""url\(["']?([^"')]+)""", text))
                assert "@import" not in text
            assert not re.search(r"(?:https?|wss?):(?:\\?/){2}\w", text), path
            assert not re.search(r"""["'`]//\w""", text), path


async def test_every_answer_carries_the_policy() -> None:
    async with visited() as visitor:
        for path, cookie in ((path, cookie) for path in PATHS if path != "/ws" for cookie in ("kept", "")):
            _, headers, _ = await visitor.get(path, **({} if cookie else {"Cookie": ""}))
            policy = dict(one.split(" ", 1) for one in headers["Content-Security-Policy"].split("; "))
            assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
            assert policy["script-src"] == policy["font-src"] == "'self'"
            assert policy["connect-src"] == f"'self' ws://127.0.0.1:{visitor.server.port}"
            assert headers["Cache-Control"] == "no-store"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"


async def test_the_font_is_that_of_this_machine_or_left_to_the_browser() -> None:
    async with visited() as visitor:
        for name, bold in (("regular.ttf", False), ("bold.ttf", True)):
            path = monospace(bold=bold)
            status, _, content = await visitor.get(f"/font/{name}")
            assert (status, content) == (200, path.read_bytes()) if path else status == 404


# A page and its process


async def text(socket: Any) -> str:
    message = await socket.receive(timeout=15)
    assert message.type in (WSMsgType.BINARY, WSMsgType.TEXT), message
    return message.data.decode() if isinstance(message.data, bytes) else message.data


async def ended(server: served.Server) -> None:
    async with asyncio.timeout(15):
        await server.over.wait()


async def test_keys_and_sizes_reach_the_process_which_ends_with_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with sooner(monkeypatch, LINGER=0.05):
        async with visited() as visitor:
            async with visitor.page() as socket:
                assert await text(socket) == "ready"
                await socket.send_json(["stdin", "ä"])
                assert await text(socket) == "ä"
                await socket.send_json(["resize", {"width": 10**9, "height": 50}])
                assert await text(socket) == "500x50"
                await socket.send_json(["ping", "1"])
                assert await text(socket) == '["pong", "1"]'
                assert not visitor.server.over.is_set()
            await ended(visitor.server)


async def test_a_page_that_is_loaded_again_does_not_end_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    with sooner(monkeypatch, LINGER=0.3):
        async with visited() as visitor:
            async with visitor.page() as socket:
                await text(socket)
            async with visitor.page() as socket:
                await text(socket)
                await asyncio.sleep(0.4)
                assert not visitor.server.over.is_set()


async def test_a_process_that_does_not_leave_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with sooner(monkeypatch, LINGER=0.05, PATIENCE=0.2):
        async with visited() as visitor:
            async with visitor.page() as socket:
                await text(socket)
                await socket.send_json(["stdin", "deaf"])
            await ended(visitor.server)


@pytest.mark.parametrize("nonsense", ["no json", "[]", '["stdin"]', '{"a": 1}', '["resize", {"width": "x"}]'])
async def test_what_is_no_message_of_the_page_ends_it(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    with sooner(monkeypatch, LINGER=0.05):
        async with visited() as visitor, visitor.page() as socket:
            await text(socket)
            await socket.send_str(nonsense)
            assert (await socket.receive(timeout=15)).type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING)
            await ended(visitor.server)


async def test_no_more_pages_than_the_machine_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with sooner(monkeypatch, MOST_PAGES=1):
        async with visited() as visitor, visitor.page() as socket:
            await text(socket)
            assert await visitor.refused() == 503


async def test_a_file_is_saved_by_the_browser_once_and_its_name_is_text() -> None:
    async with visited() as visitor, visitor.page() as socket:
        await text(socket)
        await socket.send_json(["stdin", "e"])
        assert await text(socket) == '["deliver_file_start", "k1"]'
        assert (await visitor.get("/download/k1", Cookie=""))[0] == 403
        status, headers, content = await visitor.get("/download/k1")
        assert (status, content) == (200, dashboard.CONTENT)
        assert headers["Content-Type"] == "application/octet-stream"
        disposition = headers["Content-Disposition"]
        assert disposition.startswith("attachment; filename*=UTF-8''a%20%22b%22")
        assert disposition.isascii()
        assert (await visitor.get("/download/k1"))[0] == 404


async def test_the_dashboard_itself_draws_into_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one test with the whole dashboard: without a click the list has the focus, the footer says `Enter Open`."""
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    async with visited((sys.executable, "-P", "-m", "kaptui", "demo")) as visitor, visitor.page() as socket:
        seen = ""
        async with asyncio.timeout(60):
            while not {"Overview", "Helvia", "Open"} <= set(re.findall(r"\w+", seen)):
                seen += await text(socket)
