"""The web server: one page of this machine that shows the dashboard of a process of its own, and nobody else's page.

textual-serve brings the terminal for the browser and talks to the dashboard's process. Its own server is not used: it
takes a websocket from any origin and loads a font from a third party. Here whoever asks must say the right host, come
from the same origin and know the key; the page may ask nothing of any other address.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import textual_serve
from aiohttp import WSMsgType, web
from aiohttp.typedefs import Handler, Middleware
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from kaptui.errors import KaptuiError
from kaptui.web import DRIVER
from kaptui.web.fonts import monospace

HOST = "127.0.0.1"
"""This machine and no other; there is no option to change it."""
LINGER = 20.0
"""Seconds from the last page that is closed to the end: a page that is loaded again comes back sooner."""
MOST_PAGES = 4
"""Pages at a time; each is a process of about 200 MiB."""
PATIENCE = 5.0
"""Seconds that a dashboard has to leave in good order when its page is closed."""
SIZES = (20, 500)
"""The least and most cells that a page may ask for, in either direction."""
_HERE = Path(__file__).parent
_THEIRS = Path(textual_serve.__file__).parent / "static"
_FILES = {
    "xterm.css": (_THEIRS / "css" / "xterm.css", "text/css"),
    "textual.js": (_THEIRS / "js" / "textual.js", "text/javascript"),
    "page.css": (_HERE / "page.css", "text/css"),
    "page.js": (_HERE / "page.js", "text/javascript"),
}
_FONTS = {"regular.ttf": False, "bold.ttf": True}


class Dashboard(AppService):
    """The dashboard's process behind one page: started without a shell, ended with its page."""

    def __init__(self, words: Sequence[str], socket: web.WebSocketResponse, downloads: DownloadManager) -> None:
        async def close() -> None:
            await socket.close()

        super().__init__(
            "kaptui",
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=close,
            download_manager=downloads,
        )
        self._words = words

    async def _open_app_process(self, width: int = 80, height: int = 24) -> asyncio.subprocess.Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width, height) | {"TEXTUAL_DRIVER": DRIVER, "LINES": str(height)},
        )
        assert process.stdin is not None
        self._stdin = process.stdin
        return process

    async def end(self) -> None:
        """Ask it to leave; end it if it does not."""
        with suppress(TimeoutError, ConnectionError, asyncio.CancelledError):
            await asyncio.wait_for(self.stop(), PATIENCE)
        process = self._process
        if process is not None and process.returncode is None:
            try:
                await asyncio.wait_for(process.wait(), PATIENCE)
            except TimeoutError:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()


class Server:
    """The pages of one run: its key, the process behind each page, and when it is over."""

    def __init__(self, words: Sequence[str]) -> None:
        self.key = secrets.token_urlsafe(32)
        self.port = 0
        self.over = asyncio.Event()
        self._words = words
        self._downloads = DownloadManager()
        self._pages = 0
        self._left: asyncio.TimerHandle | None = None

    @property
    def origin(self) -> str:
        """The only place that may ask."""
        return f"http://{HOST}:{self.port}"

    @property
    def address(self) -> str:
        """What is typed into a browser."""
        return f"{self.origin}/?key={self.key}"

    @property
    def cookie(self) -> str:
        """The name of the cookie: a browser gives every port of a host the same ones."""
        return f"kaptui_{self.port}"

    def app(self) -> web.Application:
        """What is answered, behind the checks."""
        app = web.Application(middlewares=[self._middleware()], client_max_size=1024)
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/ws", self._socket),
                web.get("/download/{key}", self._download),
                web.get("/static/{name}", self._static),
                web.get("/font/{name}", self._font),
            ]
        )
        return app

    # Who may ask

    def _middleware(self) -> Middleware:
        @web.middleware
        async def checked(request: web.Request, handler: Handler) -> web.StreamResponse:
            refused = self.refusal(request)
            if refused:
                return self._guarded(web.Response(status=HTTPStatus.FORBIDDEN, text=f"kaptui: {refused}\n"))
            try:
                response = await handler(request)
            except web.HTTPException as error:
                response = web.Response(status=error.status, text=f"kaptui: {error.reason}\n")
            return response if response.prepared else self._guarded(response)

        return checked

    def refusal(self, request: web.Request) -> str:
        """Why a request is not answered; empty where it is."""
        if request.headers.getall("Host", []) != [f"{HOST}:{self.port}"]:
            return f"open it as {self.origin}; a tunnel needs the same port on both ends"
        origins = request.headers.getall("Origin", [])
        if any(origin != self.origin for origin in origins) or (request.path == "/ws" and not origins):
            return "asked from another page"
        arriving = request.path == "/" and "key" in request.query
        if not arriving and request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return "asked from another page"
        told = request.query["key"] if arriving else request.cookies.get(self.cookie, "")
        if not secrets.compare_digest(told.encode("utf-8", "replace"), self.key.encode()):
            return "the key is missing or wrong; take the whole address that kaptui serve printed"
        return ""

    def _guarded(self, response: web.StreamResponse) -> web.StreamResponse:
        """With the rules for the browser: nothing but this origin, in no frame, kept nowhere."""
        socket = self.origin.replace("http", "ws", 1)
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
            f"img-src 'self' data:; connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response

    # What is answered

    async def _page(self, request: web.Request) -> web.Response:
        socket = f"{self.origin.replace('http', 'ws', 1)}/ws"
        html = (_HERE / "page.html").read_text(encoding="utf-8").replace("{socket}", socket)
        response = web.Response(text=html, content_type="text/html")
        response.set_cookie(self.cookie, self.key, httponly=True, samesite="Strict", path="/")
        return response

    async def _static(self, request: web.Request) -> web.Response:
        found = _FILES.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        path, kind = found
        return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8")

    async def _font(self, request: web.Request) -> web.Response:
        bold = _FONTS.get(request.match_info["name"])
        path = monospace(bold=bold) if bold is not None else None
        if path is None:
            raise web.HTTPNotFound
        return web.Response(body=path.read_bytes(), content_type="font/ttf")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file that the dashboard wrote, once: saved by the browser, never shown by it."""
        key = request.match_info["key"]
        try:
            about = await self._downloads.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound from None
        response = self._guarded(web.StreamResponse())
        response.headers["Content-Type"] = "application/octet-stream"
        name = quote(about.file_name, safe="")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        await response.prepare(request)
        async for chunk in self._downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if self._pages >= MOST_PAGES:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text=f"kaptui: {MOST_PAGES} pages are open\n")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=2**20)
        self._came()
        try:
            await socket.prepare(request)
            dashboard = Dashboard(self._words, socket, self._downloads)
            await dashboard.start(_cells(request, "width", 80), _cells(request, "height", 24))
            try:
                await _keys(socket, dashboard)
            finally:
                await asyncio.shield(dashboard.end())
        finally:
            self._went()
        return socket

    # When it is over

    def _came(self) -> None:
        self._pages += 1
        if self._left is not None:
            self._left.cancel()
            self._left = None

    def _went(self) -> None:
        self._pages -= 1
        if not self._pages:
            self._left = asyncio.get_running_loop().call_later(LINGER, self.over.set)


def _cells(request: web.Request, name: str, usual: int) -> int:
    """How many cells a page says it has room for, within reason."""
    told = request.query.get(name, "")
    return min(max(int(told), SIZES[0]), SIZES[1]) if told.isascii() and told.isdecimal() else usual


async def _keys(socket: web.WebSocketResponse, dashboard: Dashboard) -> None:
    """Hand on what the page sends, until it is closed; what is no message of the page ends it."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        try:
            told = message.json()
        except ValueError:
            return
        match told:
            case ["stdin", str(keys)]:
                await dashboard.send_bytes(keys.encode("utf-8", "replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                low, high = SIZES
                await dashboard.set_terminal_size(min(max(width, low), high), min(max(height, low), high))
            case ["ping", str(data)]:
                await socket.send_json(["pong", data])
            case ["focus"]:
                await dashboard.focus()
            case ["blur"]:
                await dashboard.blur()
            case _:
                return


def run(words: Sequence[str], port: int, say: Callable[[str], None]) -> None:
    """Serve until Ctrl+C, or until the last page is closed. KaptuiError: the port is taken."""
    asyncio.run(_run(words, port, say))


async def _run(words: Sequence[str], port: int, say: Callable[[str], None]) -> None:
    server = Server(words)
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    try:
        await start(runner, server, port)
        say(server.address)
        loop = asyncio.get_running_loop()
        for name in {"SIGINT", "SIGTERM", "SIGHUP"} & set(signal.Signals.__members__):
            with suppress(NotImplementedError, RuntimeError):
                loop.add_signal_handler(signal.Signals[name], server.over.set)
        await server.over.wait()
    finally:
        await runner.cleanup()


async def start(runner: web.AppRunner, server: Server, port: int) -> None:
    """Listen on this machine. KaptuiError: the port is taken."""
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        raise KaptuiError(f"port {port}: {error.strerror or error}", "--port 0 takes one that is free") from error
    server.port = runner.addresses[0][1]
