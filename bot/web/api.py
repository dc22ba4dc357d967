"""The API of `/api/v1`: what the business reports, redeems and reads."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.dispatch import fresh_draw
from bot.web import answers, wire
from bot.web.edge import Edge
from bot.web.limits import Limits, TooMany, address_of
from bot.web.models import (
    Asked,
    CustomerAsked,
    RedemptionAsked,
    RedemptionIn,
    ReportAsked,
    SpendingAsked,
    UndoingAsked,
)
from bot.web.openapi import OPERATIONS, description
from bot.web.problems import BadField, Problem, Problems, bad_input, refused
from bot.web.reporting import to_event
from bot.web.spendings import to_amount
from bot.web.turnstile import TOO_MANY
from handlers.events import BalanceSpent, CustomerViewed, Event, SignInRequested, SpendingUndone, VoucherRedeemed
from handlers.outcome import Outcome
from referrals import codes
from storage.errors import Busy, TryAgain

OPENAPI = "/openapi.json"

Endpoint = Callable[[Request], Awaitable[Response]]
Shape = TypeVar("Shape", bound=Asked)


class Api:
    """One method for each operation."""

    def __init__(self, edge: Edge, limits: Limits) -> None:
        self._edge = edge
        self._limits = limits

    async def report(self, request: Request) -> Response:
        """Report an event; the answer says what it led to, and why."""
        given = await _json(request)
        body = self._read(ReportAsked, request, body=given).body
        event = to_event(body, wire.fingerprint(given), at=self._edge.clock.now(), draw=fresh_draw())
        outcome = await self._outcome(event)
        return JSONResponse(answers.decision(outcome, self._edge, body.id))

    async def redeem(self, request: Request) -> Response:
        """Redeem a voucher once; the same key again answers the same."""
        asked = self._read(RedemptionAsked, request, body=await _json(request))
        normalized = codes.normalize(asked.path.code)
        if not asked.path.code.isprintable() or not codes.is_valid(normalized, codes.VOUCHER_LENGTH):
            raise BadField("code", "not-a-voucher")
        by = asked.body or RedemptionIn()
        event = VoucherRedeemed(
            at=self._edge.clock.now(),
            draw=fresh_draw(),
            code=normalized,
            key=asked.header.key,
            cashier=by.cashier or "",
            place=by.place or "",
        )
        outcome = await self._redeemed(event, address_of(request.scope))
        return JSONResponse(answers.with_summary(outcome, self._edge))

    async def spend(self, request: Request) -> Response:
        """Spend some of a customer's balance; the same key again answers the same."""
        asked = self._read(SpendingAsked, request, body=await _json(request))
        event = BalanceSpent(
            at=self._edge.clock.now(),
            draw=fresh_draw(),
            customer=asked.path.customer,
            amount=to_amount(asked.body),
            key=asked.header.key,
        )
        return JSONResponse(wire.plain((await self._outcome(event)).reply))

    async def undo(self, request: Request) -> Response:
        """Give back what a customer spent."""
        path = self._read(UndoingAsked, request).path
        at, draw = self._edge.clock.now(), fresh_draw()
        event = SpendingUndone(at=at, draw=draw, customer=path.customer, spending=path.spending)
        return JSONResponse(wire.plain((await self._outcome(event)).reply))

    def view(self, part: str) -> Endpoint:
        """Make the endpoint that reads one part of a customer."""

        async def read(request: Request) -> Response:
            customer = self._read(CustomerAsked, request).path.customer
            at, draw = self._edge.clock.now(), fresh_draw()
            outcome = await self._outcome(CustomerViewed(at=at, draw=draw, customer=customer, part=part))
            return JSONResponse(wire.plain(outcome.reply))

        return read

    async def sign_in(self, request: Request) -> Response:
        """Make an address that joins a chat account to this customer: single use, fifteen minutes."""
        customer = self._read(CustomerAsked, request).path.customer
        at, draw = self._edge.clock.now(), fresh_draw()
        outcome = await self._outcome(SignInRequested(at=at, draw=draw, customer=customer))
        url = self._edge.addresses().sign_in(str(outcome.reply["token"]))
        return JSONResponse({"url": url, "expires_at": wire.plain(outcome.reply["expires_at"])})

    def _read(self, shape: type[Shape], request: Request, *, body: object = None) -> Shape:
        """Check path, headers and body together, so that all mistakes of a request are told at once."""
        headers = {name.title(): request.headers[name] for name in request.headers}
        given = {"path": request.path_params, "header": headers} | ({} if body is None else {"body": body})
        try:
            return shape.model_validate(given)
        except ValidationError as error:
            raise bad_input(error, self._edge) from error

    async def _redeemed(self, event: VoucherRedeemed, address: str) -> Outcome:
        """Redeem, unless this address or all of them have tried too many vouchers that nobody has."""
        limits = ((self._limits.vouchers, address), (self._limits.vouchers_of_key, ""))
        try:
            for limit, who in limits:
                limit.check(who)
            return await self._outcome(event)
        except TooMany as many:
            raise Problem(TOO_MANY, headers=many.headers) from many
        except Problem as problem:
            if problem.kind == "unknown-voucher":
                for limit, who in limits:
                    limit.count(who)
            raise

    async def _outcome(self, event: Event) -> Outcome:
        outcome = await self._edge.dispatch(event)
        if outcome.refused:
            raise refused(outcome)
        return outcome


async def _json(request: Request) -> Any:
    """Parse the body strictly; nothing when there is none."""
    body = await request.body()
    try:
        return wire.read(body) if body else None
    except wire.NotJson as error:
        raise Problem("malformed-json", said=answers.about_json(error.reason)) from error


def build_api(edge: Edge, problems: Problems, limits: Limits) -> Starlette:
    """Build the application that is mounted at `/api/v1`."""

    async def on_problem(_: Request, error: Exception) -> Response:
        return problems.answer(_as_problem(error))

    app = Starlette(
        routes=_routes(Api(edge, limits)),
        exception_handlers=dict.fromkeys((HTTPException, Busy, TryAgain, Exception), on_problem),
    )
    app.router.redirect_slashes = False
    return app


def _as_problem(error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case Busy() | TryAgain():
            return Problem("busy", headers={"retry-after": "1"})
        case HTTPException(status_code=404):
            return Problem("not-found")
        case HTTPException(status_code=405):
            return Problem("wrong-method", headers=error.headers)
        case HTTPException():
            return Problem("malformed-json", status=error.status_code)
        case _:
            return Problem("broken")


def _routes(api: Api) -> list[Route]:
    endpoints: dict[str, Endpoint] = {
        "report_event": api.report,
        "redeem_voucher": api.redeem,
        "spend_balance": api.spend,
        "undo_spending": api.undo,
        "make_sign_in_link": api.sign_in,
        "read_customer": api.view("customer"),
        "read_referrals": api.view("referrals"),
        "read_rewards": api.view("rewards"),
        "read_stats": api.view("stats"),
    }
    return [
        Route(OPENAPI, _describe),
        *(Route(each.path, endpoints[each.name], methods=[each.method], name=each.name) for each in OPERATIONS),
    ]


async def _describe(request: Request) -> Response:
    return description(request.scope["root_path"])
