"""What the page's doors have in common: how they read what they are asked, and how they say no."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Body = dict[str, Any]


async def body_of(request: Request) -> Body:
    """Read a JSON object; anything else counts as an empty one."""
    if not await request.body():
        return {}
    try:
        body = await request.json()
    except ValueError:
        body = None
    return body if isinstance(body, dict) else {}


def refused(trouble: object, *, status: int = 400) -> Response:
    """Say why something cannot be done."""
    return JSONResponse({"detail": str(trouble)}, status_code=status)
