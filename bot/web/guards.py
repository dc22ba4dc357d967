"""Guards around every page: headers that browsers obey, a log line without secrets, and the API's own door."""

import time
from collections.abc import Callable, Iterable, Mapping

import structlog
from prometheus_client import CollectorRegistry, Histogram
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.bodies import BodyRefused, header, read_body, replayed
from bot.web.keys import ApiKey
from bot.web.limits import Limit, TooMany, address_of
from bot.web.problems import Problem

log = structlog.get_logger(__name__)

# Set unless the response says otherwise.
_HEADERS: Mapping[bytes, bytes] = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"SAMEORIGIN",
    # What is no page of ours loads nothing, whatever a browser takes it for.
    b"content-security-policy": b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
# Asked every few seconds by machines: their lines would bury the others.
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
LARGEST_API_BODY = 64 * 1024
# Tills and shop systems have a few; more than these are remembered by nobody.
_TRUSTED_ADDRESSES = 1000


class Watch:
    """Adds the headers and writes one log line a request: a route's template, never an address with its codes."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute], registry: CollectorRegistry) -> None:
        self._app = app
        self._templates = {
            route.endpoint if isinstance(route, Route) else route.app: route.path
            for route in routes
            if isinstance(route, Route | Mount)
        }
        self._seconds = Histogram(
            "grapevine_request_seconds", "Time to answer.", ["route", "status"], registry=registry
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": with_defaults(message.get("headers", []))}
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = self._template(scope)
        self._seconds.labels(route=route, status=str(status)).observe(seconds)
        if route not in _QUIET:
            log.info(
                "web.request", method=scope["method"], route=route, status=status, milliseconds=round(seconds * 1000, 1)
            )

    def _template(self, scope: Scope) -> str:
        inner = getattr(scope.get("route"), "path_format", None)
        if inner is not None:
            # The root path of a mounted application is not part of its own routes' templates.
            root = scope.get("root_path", "")
            return inner if inner.startswith(root) else f"{root}{inner}"
        return self._templates.get(scope["endpoint"], "unmatched") if "endpoint" in scope else "unmatched"


def with_defaults(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Complete a response's headers with ours."""
    given = list(headers)
    names = {name.lower() for name, _ in given}
    return given + [(name, value) for name, value in _HEADERS.items() if name not in names]


class ApiDoor:
    """Lets a request into the API only with the key, a body of bearable size, and JSON in it."""

    def __init__(
        self, app: ASGIApp, key: ApiKey, *, answer: Callable[[Problem], Response], open_path: str, wrong_keys: Limit
    ) -> None:
        self._app = app
        self._wrong_keys = wrong_keys
        self._trusted: dict[str, None] = {}  # addresses the key came from, the latest last
        self._key = key
        self._answer = answer
        self._open_path = open_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge a request before anything parses it."""
        try:
            if scope["type"] != "http":
                return
            if scope["path"] != self._open_path:
                self._check_key(scope)
            body = await read_body(scope, receive, limit=LARGEST_API_BODY)
            if body and header(scope, b"content-type").partition(b";")[0].strip().lower() != b"application/json":
                raise Problem("wrong-content-type")
        except BodyRefused as refusal:
            await self._answer(Problem(refusal.kind))(scope, receive, send)
        except Problem as problem:
            await self._answer(problem)(scope, receive, send)
        else:
            await self._app(scope, replayed(body, receive), send)

    def _check_key(self, scope: Scope) -> None:
        address = address_of(scope)
        try:
            # The shop must not be locked out by what a stranger tries behind the same proxy.
            if address not in self._trusted:
                self._wrong_keys.check(address)
            if self._key.fits(scope["headers"]):
                self._trust(address)
                return
            self._wrong_keys.take(address)
        except TooMany as many:
            raise Problem("too-many-requests", headers=many.headers) from many
        kind = "wrong-api-key" if self._key.is_set else "no-api-key"
        raise Problem(kind, headers={"www-authenticate": 'Bearer realm="grapevine"'})

    def _trust(self, address: str) -> None:
        self._trusted.pop(address, None)
        while len(self._trusted) >= _TRUSTED_ADDRESSES:
            del self._trusted[next(iter(self._trusted))]
        self._trusted[address] = None
