"""How the shop looks on our pages: a style sheet made of its colour, and its logo."""

import asyncio
import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.dispatch import fresh_draw
from bot.web.edge import Edge
from handlers.events import BrandViewed
from referrals.brand import LIGHT_CARD, lightened, mixed, on

LOGO = "/logo"
SHEET = re.compile(r"brand-([0-9a-f]{6})\.css")
# A logo larger than this makes the page slow for everybody who opens it.
LARGEST_LOGO = 512 * 1024
_TYPES: Mapping[str, str] = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
# What may stand in a policy without ending it.
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?")
_BLACK, _WHITE, _NIGHT = "#000000", "#ffffff", "#15111d"

log = structlog.get_logger(__name__)


def sheet_of(color: str) -> str:
    """Name the style sheet of a colour, which its name is all that is needed for; nothing without a colour."""
    return f"brand-{color.removeprefix('#')}.css" if color else ""


def sheet(color: str) -> str:
    """Write the style sheet of a colour: as it is on light, and the nearest tint that reads on dark."""
    light, dark = _properties(color, _BLACK, LIGHT_CARD), _properties(lightened(color), _WHITE, _NIGHT)
    return f":root{{{light}}}\n@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"


def logo_of(logo: str) -> str:
    """Say where a page finds the logo: where the program says, or a file of ours."""
    return logo if not logo or logo.startswith("https://") else LOGO


def origin_of(logo: str) -> str:
    """Name whom the page's policy must let in for the logo; nothing for a file of ours."""
    parts = urlsplit(logo)
    is_host = parts.scheme == "https" and _HOST.fullmatch(parts.netloc)
    return f"https://{parts.netloc}" if is_host else ""


class Logo:
    """Serves the logo that the running program names, and no other file."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge

    async def picture(self, request: Request) -> Response:
        """Answer `/logo`."""
        outcome = await self._edge.dispatch(BrandViewed(at=self._edge.clock.now(), draw=fresh_draw()))
        path = Path(str(outcome.reply.get("logo", "")))
        kind = _TYPES.get(path.suffix.lower())
        content = await asyncio.to_thread(_read, path) if kind and logo_of(str(path)) == LOGO else None
        if content is None:
            return Response(status_code=404)
        tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
        headers = {"etag": tag, "cache-control": "public, max-age=3600"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=kind, headers=headers)


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_LOGO + 1)
    except OSError as error:
        log.warning("web.logo-not-read", reason=type(error).__name__)
        return None
    if len(content) > LARGEST_LOGO:
        log.warning("web.logo-too-large", most=LARGEST_LOGO)
        return None
    return content


def _properties(color: str, deeper: str, paper: str) -> str:
    shades = {
        "grape": color,
        "grape-deep": mixed(color, deeper, 0.15),
        "on-grape": on(color),
        "glow": mixed(paper, color, 0.14),
    }
    return "".join(f"--{name}:{shade};" for name, shade in shades.items())
