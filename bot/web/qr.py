"""The QR of a share link, as a picture of dots and as a drawing that prints at any size."""

from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response

from bot.web.edge import Edge
from bot.web.links import Links
from bot.web.pages import Pages
from messages.message import ShareLink
from messages.pictures import qr_png, qr_svg
from referrals import codes

# A code keeps its picture for life; a day bounds how long a changed PUBLIC_URL is not seen.
_KEPT = "public, max-age=86400"


class QrPictures:
    """Draws the QR of codes that exist, and of no others."""

    def __init__(self, edge: Edge, links: Links, pages: Pages) -> None:
        self._edge = edge
        self._links = links
        self._pages = pages

    async def png(self, request: Request) -> Response:
        """Answer `/qr/{code}.png`."""
        return await self._picture(request, "image/png")

    async def svg(self, request: Request) -> Response:
        """Answer `/qr/{code}.svg`."""
        return await self._picture(request, "image/svg+xml")

    async def _picture(self, request: Request, kind: str) -> Response:
        code = codes.normalize(request.path_params["code"])
        if not codes.is_valid(code) or await self._links.by_code(code) is None:
            return self._pages.sorry(request.scope, "unknown-code")
        address = self._edge.addresses().of(ShareLink(code))
        tag = f'"{blake2b(f"{kind} {address}".encode(), digest_size=12).hexdigest()}"'
        headers = {"etag": tag, "cache-control": _KEPT}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        content = qr_png(address) if kind == "image/png" else qr_svg(address).encode()
        return Response(content, media_type=kind, headers=headers)
