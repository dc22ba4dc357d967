"""The doors for tests in another process: order troubles, read what the app has called and been brought."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.playground.slack.workspace import Workspace


class Desk:
    """Takes orders for troubles and shows the journal."""

    def __init__(self, slack: Workspace) -> None:
        self._slack = slack
        self.routes: list[BaseRoute] = [
            Route("/faults", self.order, methods=["POST"]),
            Route("/faults", self.clear, methods=["DELETE"]),
            Route("/journal", self.journal),
        ]

    async def order(self, request: Request) -> Response:
        """Order a trouble, whose fields the body has, or with a seed troubles at random."""
        try:
            asked = await request.json()
            order = self._slack.faults.at_random if "seed" in asked else self._slack.faults.add
            order(**asked)
        except (TypeError, ValueError) as trouble:
            return JSONResponse({"detail": str(trouble)}, status_code=400)
        return JSONResponse({"ok": True}, status_code=201)

    async def clear(self, request: Request) -> Response:
        """Cancel every trouble."""
        self._slack.faults.clear()
        return JSONResponse({"ok": True})

    async def journal(self, request: Request) -> Response:
        """List what the app has called, what it was brought, and what nobody understood."""
        return JSONResponse(
            {
                "calls": [asdict(call) for call in self._slack.calls],
                "deliveries": [
                    {
                        "kind": delivery.kind,
                        "name": delivery.name,
                        "attempts": [asdict(attempt) for attempt in delivery.attempts],
                        "refusal": delivery.refusal,
                    }
                    for delivery in self._slack.deliveries
                ],
                "unknown_parameters": self._slack.unknown_parameters,
                "warnings": self._slack.warnings,
            }
        )
