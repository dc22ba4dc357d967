"""Health: alive, ready, and numbers for Prometheus."""

from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.keys import ApiKey

# Returns what is still missing, in words: nothing when all is well.
Ready = Callable[[], Awaitable[Sequence[str]]]

_FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_NEVER_KEPT = {"cache-control": "no-store"}


class Health:
    """Answers the machines that watch over this process."""

    def __init__(self, ready: Ready, registry: CollectorRegistry, key: ApiKey) -> None:
        self._ready = ready
        self._registry = registry
        self._key = key

    async def alive(self, _: Request) -> Response:
        """Say that the loop turns."""
        return JSONResponse({"status": "alive"}, headers=_NEVER_KEPT)

    async def readiness(self, _: Request) -> Response:
        """Say whether visitors can be sent here, or what is missing."""
        missing = list(await self._ready())
        if missing:
            return JSONResponse({"status": "not ready", "waiting_for": missing}, 503, _NEVER_KEPT)
        return JSONResponse({"status": "ready"}, headers=_NEVER_KEPT)

    async def metrics(self, request: Request) -> Response:
        """Write the numbers, for this machine or with the API key."""
        if not self._key.fits(request.scope["headers"]) and not is_from_here(request):
            return JSONResponse({"status": "forbidden"}, 403, _NEVER_KEPT)
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST, headers=_NEVER_KEPT)


def is_from_here(request: Request) -> bool:
    """Tell whether a request comes from this machine and asks for it, not through a proxy that runs on it.

    A page elsewhere whose name was bent to 127.0.0.1 (DNS rebinding) still sends its own name as the host.
    """
    if request.client is None or any(name in request.headers for name in _FORWARDING):
        return False
    try:
        named = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        return ip_address(request.client.host).is_loopback and (named == "localhost" or ip_address(named).is_loopback)
    except ValueError:
        return False
