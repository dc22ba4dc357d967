"""Builds the web application: the redirect in front, everything else behind the guards."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.addresses import Addresses
from bot.background import Nursery
from bot.clock import Clock
from bot.settings import Settings
from bot.web.api import OPENAPI, build_api
from bot.web.brand import LOGO, Logo
from bot.web.card import Cards
from bot.web.clicks import ClickCommitter, Commit
from bot.web.edge import Edge
from bot.web.guards import ApiDoor, Watch
from bot.web.health import Health, Ready
from bot.web.hooks import SlackHook, TelegramHook, hook_routes
from bot.web.keys import ApiKey
from bot.web.limits import Limits
from bot.web.links import Find, Links
from bot.web.pages import Pages, at_root
from bot.web.problems import Problem, Problems
from bot.web.qr import QrPictures
from bot.web.redirect import PREFIX, Redirect
from bot.web.shortcut import HttpProtocol, shortcut
from bot.web.turnstile import Turnstile
from bot.web.visitors import Visitors
from handlers.events import Event
from handlers.outcome import Outcome
from messages.catalog import Catalog
from storage.errors import Busy, TryAgain

API = "/api/v1"
PLAYGROUND = "/playground"
_STOP_SECONDS = 5.0


class Dispatcher(Protocol):
    """Handles one event in one transaction."""

    async def dispatch(self, event: Event) -> Outcome:
        """Handle one event."""
        ...


class WebApp:
    """The ASGI application that the server runs."""

    def __init__(
        self,
        redirect: ASGIApp,
        rest: ASGIApp,
        committer: ClickCommitter,
        registry: CollectorRegistry,
        *,
        protocol: HttpProtocol = "auto",
    ) -> None:
        self.registry = registry
        self.protocol: HttpProtocol = protocol  # how the server is to speak HTTP
        self._redirect = redirect
        self._rest = rest
        self._committer = committer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            await self._redirect(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self._rest(scope, receive, send)

    async def stop(self) -> None:
        """Commit the clicks that wait, and take no more."""
        async with asyncio.timeout(_STOP_SECONDS):
            await self._committer.stop()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.stop()
        await send({"type": "lifespan.shutdown.complete"})


def build(  # noqa: PLR0913  # the composition root hands over everything the web needs, each by its name
    *,
    settings: Settings,
    dispatcher: Dispatcher,
    clock: Clock,
    catalog: Catalog,
    addresses: Callable[[], Addresses],
    find_link: Find,
    commit_clicks: Commit,
    nursery: Nursery,
    api_key: str | None,
    telegram_hook: TelegramHook | None,
    slack_hook: SlackHook | None = None,
    ready: Ready,
    playground_routes: Sequence[BaseRoute],
    registry: CollectorRegistry | None = None,
) -> WebApp:
    """Build the web application and start its committer; needs a running loop and the secret key in the settings."""
    registry = registry or CollectorRegistry()
    edge = Edge(
        dispatch=dispatcher.dispatch,
        clock=clock,
        catalog=catalog,
        addresses=addresses,
        language=settings.language,
        zone=settings.zone,
    )
    limits, pages, key = Limits(clock.elapsed), Pages(edge), ApiKey(api_key)
    links, committer = Links(find_link, misses=limits.misses), ClickCommitter(commit_clicks, registry)
    turnstile = Turnstile(limits, is_in_use=links.is_in_use, sorry=pages.sorry)
    redirect = Redirect(links, committer, clock=clock, visitors=Visitors(_secret(settings)), sorry=pages.sorry)
    routes = _doors(settings, telegram_hook, slack_hook)  # first, as routes are tried in order and platforms ask most
    routes += [*_health_routes(Health(ready, registry, key)), *playground_routes]
    nursery.start(committer.run(), name="web.clicks")
    if "web" not in settings.roles:
        return _without_pages(routes, committer, registry)
    routes += _page_routes(edge, links, pages, turnstile=turnstile, has_playground=bool(playground_routes))
    routes.append(_api_mount(edge, key, limits))
    watch = Watch(_site(routes, pages, edge), routes, registry)
    return WebApp(redirect, watch, committer, registry, protocol=shortcut(redirect))


def _doors(settings: Settings, telegram: TelegramHook | None, slack: SlackHook | None) -> list[BaseRoute]:
    return [*hook_routes(telegram, slack)] if settings.roles & {"web", "chat"} else []


def _without_pages(routes: Sequence[BaseRoute], committer: ClickCommitter, registry: CollectorRegistry) -> WebApp:
    """Answer the platforms and whoever watches over this process: no visitor is sent here."""
    bare = Watch(Starlette(routes=routes), routes, registry)
    return WebApp(bare, bare, committer, registry)


def _secret(settings: Settings) -> bytes:
    if settings.secret_key is None:
        raise ValueError("The secret key is made before the web application.")
    return settings.secret_key.get_secret_value().encode()


def _page_routes(
    edge: Edge, links: Links, pages: Pages, *, turnstile: Turnstile, has_playground: bool
) -> list[BaseRoute]:
    qr = QrPictures(edge, links, pages)
    return [
        Route("/", at_root(PLAYGROUND if has_playground else None, pages)),
        Route("/join/{code}", turnstile.of_codes(pages.landing)),
        Route("/share/{code}", turnstile.of_codes(pages.share)),
        Route("/claim/{token}", turnstile.of_tokens(pages.claim)),
        Route("/static/{name}", pages.asset),
        Route("/robots.txt", pages.robots),
        Route("/favicon.ico", pages.icon),
        Route("/problems/{kind}", pages.problem),
        Route("/qr/{code}.png", turnstile.of_codes(qr.png)),
        Route("/qr/{code}.svg", turnstile.of_codes(qr.svg)),
        Route("/card/{code}.png", turnstile.of_codes(Cards(edge, pages).png)),
        Route(LOGO, Logo(edge).picture),
    ]


def _health_routes(health: Health) -> list[BaseRoute]:
    return [
        Route("/healthz", health.alive),
        Route("/readyz", health.readiness),
        Route("/metrics", health.metrics),
    ]


def _api_mount(edge: Edge, key: ApiKey, limits: Limits) -> Mount:
    problems = Problems(edge)
    door = ApiDoor(
        build_api(edge, problems, limits), key, answer=problems.answer, open_path=API + OPENAPI, wrong_keys=limits.keys
    )
    return Mount(API, app=door)


def _site(routes: Sequence[BaseRoute], pages: Pages, edge: Edge) -> Starlette:
    problems = Problems(edge)

    async def explain(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code not in {404, 405}:
            return Response(error.detail, error.status_code, error.headers, "text/plain")
        what, headers = _what_went_wrong(error)
        if request.url.path.startswith("/api/"):
            return problems.answer(Problem(what, headers=headers))
        return pages.sorry(request.scope, what, headers or {})

    site = Starlette(
        routes=routes, exception_handlers=dict.fromkeys((HTTPException, Busy, TryAgain, Exception), explain)
    )
    site.router.redirect_slashes = False
    return site


def _what_went_wrong(error: Exception) -> tuple[str, dict[str, str] | None]:
    match error:
        case Busy() | TryAgain():
            return "busy", {"retry-after": "1"}
        case HTTPException(status_code=404):
            return "not-found", None
        case HTTPException(status_code=405):
            return "wrong-method", dict(error.headers or {})
        case _:
            return "broken", None
