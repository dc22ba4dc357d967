"""The pages a visitor sees: landing, sharing, claiming, and kind words for everything that is not there."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup as Safe
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Scope

from bot.dispatch import fresh_draw
from bot.web import brand
from bot.web.edge import Edge
from bot.web.languages import languages_of, reader_of
from bot.web.problems import KINDS, REFUSALS, title_of
from bot.web.ways import link_of, ways
from handlers.events import ClaimViewed, LandingViewed, SharePageViewed
from handlers.outcome import Outcome
from messages.catalog import Reader
from messages.markup import Markup
from messages.message import Command, Moment, Phrase, Spoken, Value, Worth
from referrals import codes
from referrals.draw import read_click_token

# A page asks nothing of us once it is there; Lighthouse, which measures it, asks from inside it for robots.txt.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
# The address of a claim page is a secret: it goes to no other site.
_HEADERS: Mapping[str, str] = {
    "content-security-policy": _POLICY,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "vary": "accept-language",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
}
_TYPES: Mapping[str, str] = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "ico": "image/x-icon",
}
ASSETS = ("pages.css", "mark.svg", "favicon.ico", "copy.js", "share.js")

_ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /claim/\n"

# What a page says sorry for, and its status; each has a title and a text in pages.ftl.
_NOTICES: Mapping[str, int] = {
    "home": 200,
    "unknown-code": 404,
    "no-program": 404,
    "program-over": 410,
    "unknown-claim": 404,
    "claim-used": 410,
    "claim-expired": 410,
    "not-found": 404,
    "wrong-method": 405,
    "too-many-requests": 429,
    "busy": 503,
    "broken": 500,
}


class Pages:
    """Renders pages in the visitor's language; scripts only make easier what works without them."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        folder = files("bot.web") / "templates"
        self._templates = Environment(
            loader=FileSystemLoader(str(folder)), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.assets = {name: (files("bot.web") / "static" / name).read_bytes() for name in ASSETS}
        self._version = blake2b(b"".join(self.assets.values()), digest_size=6).hexdigest()

    async def landing(self, request: Request) -> Response:
        """Show who invites and what both sides get, and lead on to the bot."""
        code = codes.normalize(request.path_params["code"])
        if not codes.is_valid(code):
            return self.sorry(request.scope, "unknown-code")
        event = LandingViewed(at=self._edge.clock.now(), draw=fresh_draw(), code=code)
        outcome = await self._edge.dispatch(event)
        if outcome.refused:
            return self.sorry(request.scope, outcome.refused)
        if outcome.reply["over"]:
            return self.sorry(request.scope, "program-over")
        click = request.query_params.get("click", "")
        payload = f"r_{code}_{click}" if read_click_token(click) is not None else f"r_{code}"
        ways = self._ways(payload, code if payload == f"r_{code}" else payload)
        return self._page(request.scope, "landing.html", {**outcome.reply, "code": code, **ways})

    async def share(self, request: Request) -> Response:
        """Show an advocate their words, and ways to send them on."""
        code = codes.normalize(request.path_params["code"])
        event = SharePageViewed(at=self._edge.clock.now(), draw=fresh_draw(), code=code)
        outcome = await self._edge.dispatch(event) if codes.is_valid(code) else Outcome(refused="unknown-code")
        if outcome.refused or outcome.reply["over"]:
            return self.sorry(request.scope, outcome.refused or "program-over")
        told, addresses = outcome.reply, self._edge.addresses()
        say = partial(self._text, reader=reader_of(request.scope, self._edge), markup=Markup.PLAIN)
        words = say(told["words"])
        sent = {
            "words": words,
            "ways": ways(code, words, subject=say("share-subject", program=told["program"]), addresses=addresses),
            "link": link_of(code, "copy", addresses),
            "scripts": ("copy.js", "share.js"),
        }
        return self._page(request.scope, "share.html", {**told, **sent})

    async def claim(self, request: Request) -> Response:
        """Show the buyer that a purchase waits for them, and lead on to the bot."""
        token = request.path_params["token"]
        if not (token.isascii() and token.isalnum() and len(token) <= 60):
            return self.sorry(request.scope, "unknown-claim")
        event = ClaimViewed(at=self._edge.clock.now(), draw=fresh_draw(), token=token)
        outcome = await self._edge.dispatch(event)
        if outcome.refused:
            return self.sorry(request.scope, outcome.refused)
        ways = self._ways(f"c_{token}", f"c_{token}")
        return self._page(request.scope, "claim.html", {**outcome.reply, **ways})

    async def home(self, request: Request) -> Response:
        """Say what lives here."""
        return self.sorry(request.scope, "home")

    async def asset(self, request: Request) -> Response:
        """Serve a style sheet or a drawing, which its address names by version."""
        name = request.path_params["name"]
        made = brand.SHEET.fullmatch(name)
        if name not in self.assets and made is None:
            return self.sorry(request.scope, "not-found")
        headers = {"cache-control": "public, max-age=31536000, immutable"}
        content = brand.sheet(f"#{made[1]}").encode() if made else self.assets[name]
        return Response(content, media_type=_TYPES[name.rpartition(".")[2]], headers=headers)

    async def icon(self, _: Request) -> Response:
        """Serve the icon that browsers ask for at this address when a page, or a picture, names none."""
        headers = {"cache-control": "public, max-age=86400"}
        return Response(self.assets["favicon.ico"], media_type=_TYPES["ico"], headers=headers)

    async def problem(self, request: Request) -> Response:
        """Explain a type of problem, to whoever opens the address that the API named it by."""
        kind = request.path_params["kind"]
        if kind not in KINDS and kind not in REFUSALS:
            return self.sorry(request.scope, "not-found")
        status = KINDS.get(kind) or REFUSALS[kind].status
        return self._page(request.scope, "problem.html", {"title": title_of(kind), "status": str(status)})

    async def robots(self, request: Request) -> Response:
        """Say what is nothing for search engines; share links stay open, or chats would show no preview of them."""
        return PlainTextResponse(_ROBOTS, headers={"cache-control": "public, max-age=86400"})

    def sorry(self, scope: Scope, what: str, headers: Mapping[str, str] | None = None) -> Response:
        """Say kindly what is not there, and what to do instead."""
        name = what if what in _NOTICES else "not-found"
        response = self._page(scope, "notice.html", {"name": name}, _NOTICES[name])
        response.headers.update(headers or {})
        if name == "busy":
            response.headers["retry-after"] = "1"
        return response

    def _ways(self, payload: str, typed: str) -> dict[str, str]:
        """Say how to go on in each chat that is set up: Telegram opens with a payload, in Slack a line is typed."""
        addresses = self._edge.addresses()
        return {
            "telegram": addresses.start(payload) if addresses.bot_chat else "",
            "slack_line": addresses.of(Command("join", typed, on="slack")) if addresses.slack_command else "",
            "slack_app": addresses.slack_app,
        }

    def _page(self, scope: Scope, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
        reader = reader_of(scope, self._edge)
        look = values.get("brand") or {"color": "", "logo": ""}
        scripts = values.get("scripts") or (("copy.js",) if values.get("slack_line") else ())
        rich = partial(self._text, reader=reader, markup=Markup.PAGE)
        plain = partial(self._text, reader=reader, markup=Markup.PLAIN)
        html = self._templates.get_template(template).render(
            {**values, "t": rich, "plain": plain, "version": self._version, "scripts": scripts}
            | {"brand_sheet": brand.sheet_of(look["color"]), "logo": brand.logo_of(look["logo"])}
            | {"origin": self._edge.addresses().public_url}
            | languages_of(scope, reader, self._edge)
        )
        policy = _POLICY.replace("img-src 'self'", f"img-src 'self' {brand.origin_of(look['logo'])}".rstrip())
        policy += "; script-src 'self'" if scripts else ""
        told = {"content-security-policy": policy, "content-language": reader.language}
        return HTMLResponse(html, status, {**_HEADERS, **told})

    def _text(self, what: object, *, reader: Reader, markup: Markup, **values: Any) -> str:
        """Render a key of pages.ftl, or a value object that a handler replied with."""
        match what:
            case Phrase(key, inner):
                text = self._edge.text(key, inner, reader, markup=markup)
            case Worth() | Spoken():
                text = self._edge.text("pages.worth", {"worth": what}, reader, markup=markup)
            case _:
                text = self._edge.text(f"pages.{what}", _values(values), reader, markup=markup)
        # Only the catalog's page markup is HTML already, with every value in it escaped.
        return Safe(text) if markup is Markup.PAGE else text  # noqa: S704  # escaped by the catalog


def _values(values: Mapping[str, Any]) -> dict[str, Value]:
    """Write a moment the way texts take it; everything else is taken as it is."""
    return {name: Moment(value) if isinstance(value, datetime) else value for name, value in values.items()}


def at_root(playground: str | None, pages: Pages) -> Any:
    """Choose what the root shows: the playground where there is one, else a page that says what this is."""

    async def to_playground(_: Request) -> Response:
        return RedirectResponse(str(playground), status_code=307)

    return to_playground if playground else pages.home
