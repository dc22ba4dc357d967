"""The doors for tests in another process: order troubles and limits, read what the bot has called."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.playground.telegram.peer import TelegramPeer


class Desk:
    """Takes orders for troubles and shows the journal."""

    def __init__(self, peer: TelegramPeer) -> None:
        self._peer = peer
        self.routes: list[BaseRoute] = [
            Route("/telegram/faults", self.order, methods=["POST"]),
            Route("/telegram/faults", self.clear, methods=["DELETE"]),
            Route("/telegram/limits", self.limit, methods=["PUT"]),
            Route("/telegram/limits", self.limits),
            Route("/telegram/journal", self.journal),
        ]

    async def order(self, request: Request) -> Response:
        """Order a trouble, whose fields the body has, or with a seed troubles at random."""
        try:
            asked = await request.json()
            order = self._peer.faults.at_random if "seed" in asked else self._peer.faults.add
            order(**asked)
        except (TypeError, ValueError) as trouble:
            return JSONResponse({"detail": str(trouble)}, status_code=400)
        return JSONResponse({"ok": True}, status_code=201)

    async def clear(self, request: Request) -> Response:
        """Cancel every trouble."""
        self._peer.faults.clear()
        return JSONResponse({"ok": True})

    async def limit(self, request: Request) -> Response:
        """Enforce limits, whose numbers the body has."""
        try:
            self._peer.limits.enforce(**await request.json())
        except (TypeError, ValueError) as trouble:
            return JSONResponse({"detail": str(trouble)}, status_code=400)
        return JSONResponse(self._peer.limits.as_json())

    async def limits(self, request: Request) -> Response:
        """Show what is limited and how often that was felt."""
        return JSONResponse(self._peer.limits.as_json())

    async def journal(self, request: Request) -> Response:
        """List what the bot has called, and what nobody understood."""
        calls = [
            {"method": call.method, "parameters": call.parameters, "answer": call.answer} for call in self._peer.calls
        ]
        return JSONResponse({"calls": calls, "unknown_parameters": self._peer.unknown_parameters})
