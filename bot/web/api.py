"""The API of `/api/v1`: what the business reports, redeems and reads."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Header, Path, Request, Response, Security
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from pydantic import StringConstraints
from starlette.exceptions import HTTPException

from bot.dispatch import fresh_draw
from bot.web import answers, wire
from bot.web.edge import Edge
from bot.web.models import EventIn, RedemptionIn
from bot.web.problems import MEDIA_TYPE, BadField, Problem, ProblemDocument, Problems, refused
from bot.web.reporting import to_event
from handlers.events import CustomerViewed, Event, SignInRequested, VoucherRedeemed
from handlers.outcome import Outcome
from referrals import codes
from storage.errors import Busy, TryAgain

OPENAPI = "/openapi.json"

# Never shown: authorization happens at the door; this only describes it in openapi.json.
_BEARER = Security(HTTPBearer(auto_error=False, description="The key that GRAPEVINE_API_KEY holds."))

VoucherCode = Annotated[str, Path(min_length=codes.VOUCHER_LENGTH, max_length=32)]
CustomerId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
IdempotencyKey = Annotated[
    str, StringConstraints(min_length=1, max_length=128, pattern=r"^[!-~]+$"), Header(alias="Idempotency-Key")
]


class _StrictRequest(Request):
    async def json(self) -> Any:
        """Parse the body once, strictly."""
        if not hasattr(self, "_json"):
            try:
                self._json = wire.read(await self.body())
            except wire.NotJson as error:
                raise Problem("malformed-json", said=answers.about_json(error.reason)) from error
        return self._json


class _StrictRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Hand the endpoint a request that reads JSON strictly."""
        answer = super().get_route_handler()

        async def answer_strictly(request: Request) -> Response:
            return await answer(_StrictRequest(request.scope, request.receive))

        return answer_strictly


class Api:
    """One method for each route."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge

    async def report(self, body: EventIn, request: Request) -> Response:
        """Report an event; the answer says what it led to, and why."""
        fingerprint = wire.fingerprint(await request.json())
        event = to_event(body, fingerprint, at=self._edge.clock.now(), draw=fresh_draw())
        outcome = await self._outcome(event)
        return JSONResponse(answers.decision(outcome, self._edge, body.id))

    async def redeem(self, code: VoucherCode, key: IdempotencyKey, body: RedemptionIn | None = None) -> Response:
        """Redeem a voucher once; the same key again answers the same."""
        normalized = codes.normalize(code)
        if not code.isprintable() or not codes.is_valid(normalized, codes.VOUCHER_LENGTH):
            raise BadField("code", "not-a-voucher")
        by = body or RedemptionIn()
        event = VoucherRedeemed(
            at=self._edge.clock.now(),
            draw=fresh_draw(),
            code=normalized,
            key=key,
            cashier=by.cashier or "",
            place=by.place or "",
        )
        outcome = await self._outcome(event)
        return JSONResponse(answers.with_summary(outcome, self._edge))

    def view(self, part: str) -> Callable[..., Coroutine[Any, Any, Response]]:
        """Make the endpoint that reads one part of a customer."""

        async def read(customer: CustomerId) -> Response:
            at, draw = self._edge.clock.now(), fresh_draw()
            outcome = await self._outcome(CustomerViewed(at=at, draw=draw, customer=customer, part=part))
            return JSONResponse(wire.plain(outcome.reply))

        return read

    async def sign_in(self, customer: CustomerId) -> Response:
        """Make an address that joins a chat account to this customer: single use, fifteen minutes."""
        at, draw = self._edge.clock.now(), fresh_draw()
        outcome = await self._outcome(SignInRequested(at=at, draw=draw, customer=customer))
        url = self._edge.addresses().sign_in(str(outcome.reply["token"]))
        return JSONResponse({"url": url, "expires_at": wire.plain(outcome.reply["expires_at"])})

    async def _outcome(self, event: Event) -> Outcome:
        outcome = await self._edge.dispatch(event)
        if outcome.refused:
            raise refused(outcome)
        return outcome


def build_api(edge: Edge, problems: Problems) -> FastAPI:
    """Build the application that is mounted at `/api/v1`."""
    app = FastAPI(
        title="Grapevine", version="1", openapi_url=OPENAPI, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.include_router(_routes(Api(edge)))

    async def on_problem(_: Request, error: Exception) -> Response:
        return problems.answer(_as_problem(error))

    async def on_bad_input(_: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        return problems.of_validation(error)

    for kind in (HTTPException, Busy, TryAgain, Exception):
        app.add_exception_handler(kind, on_problem)
    app.add_exception_handler(RequestValidationError, on_bad_input)
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


def _routes(api: Api) -> APIRouter:
    router = APIRouter(route_class=_StrictRoute, dependencies=[_BEARER])

    def add(route: str, endpoint: Callable[..., Any], model: type, *, name: str, refusals: str) -> None:
        method, path = route.split()
        router.add_api_route(
            path,
            endpoint,
            methods=[method],
            name=name,
            operation_id=name,
            response_class=JSONResponse,
            response_model=None,
            responses=_responses(model, refusals),
        )

    add("POST /events", api.report, answers.Decision, name="report_event", refusals="400 409 422")
    redemption = "POST /vouchers/{code}/redemptions"
    add(redemption, api.redeem, answers.Redemption, name="redeem_voucher", refusals="400 404 409 410 422")
    link = "POST /customers/{customer}/links"
    add(link, api.sign_in, answers.SignInLink, name="make_sign_in_link", refusals="404 422")
    for path, part in (("", "customer"), ("/referrals", "referrals"), ("/rewards", "rewards"), ("/stats", "stats")):
        route = f"GET /customers/{{customer}}{path}"
        add(route, api.view(part), answers.Record, name=f"read_{part}", refusals="404 422")
    return router


def _responses(model: type, refusals: str) -> dict[int | str, dict[str, Any]]:
    found: dict[int | str, dict[str, Any]] = {200: {"model": model}}
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    for status in ["401", *refusals.split(), "408", "413", "415", "503"]:
        found[int(status)] = {"description": "A problem.", "content": problem}
    # One of them carries the model, so that its schema is among the components.
    found[401] = {"model": ProblemDocument, "description": "A problem.", "content": problem}
    return found
