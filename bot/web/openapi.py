"""The table of what the API does, and openapi.json written from it."""

from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.responses import JSONResponse

from bot.web import answers
from bot.web.models import Asked, CustomerAsked, RedemptionAsked, ReportAsked, SpendingAsked, UndoingAsked
from bot.web.problems import MEDIA_TYPE, ProblemDocument

_SCHEMAS = "#/components/schemas/"
_REF = _SCHEMAS + "{model}"
# What the door refuses before it knows which operation was meant.
_AT_THE_DOOR = "401 408 413 415 429 503"


class Operation(NamedTuple):
    """One row: its name, its place, what it takes and gives, the statuses it may refuse with, what it does."""

    name: str
    route: str
    takes: type[Asked]
    gives: type[BaseModel]
    refuses: str
    does: str

    @property
    def method(self) -> str:
        """The method of the route."""
        return self.route.split()[0]

    @property
    def path(self) -> str:
        """The path of the route, below the API's own."""
        return self.route.split()[1]


OPERATIONS = (
    Operation(
        "report_event",
        "POST /events",
        ReportAsked,
        answers.Decision,
        "400 409 422",
        "Report an event; the answer says what it led to, and why.",
    ),
    Operation(
        "redeem_voucher",
        "POST /vouchers/{code}/redemptions",
        RedemptionAsked,
        answers.Redemption,
        "400 404 409 410 422",
        "Redeem a voucher once; the same key again answers the same.",
    ),
    Operation(
        "spend_balance",
        "POST /customers/{customer}/spendings",
        SpendingAsked,
        answers.Spending,
        "400 404 409 422",
        "Spend some of a customer's balance, from what expires first; the same key again answers the same.",
    ),
    Operation(
        "undo_spending",
        "DELETE /customers/{customer}/spendings/{spending}",
        UndoingAsked,
        answers.Spending,
        "404 422",
        "Give back what a customer spent; again answers the same.",
    ),
    Operation(
        "make_sign_in_link",
        "POST /customers/{customer}/links",
        CustomerAsked,
        answers.SignInLink,
        "404 422",
        "Make an address that joins a chat account to this customer: single use, fifteen minutes.",
    ),
    Operation(
        "read_customer",
        "GET /customers/{customer}",
        CustomerAsked,
        answers.Customer,
        "404 422",
        "Read who a customer is.",
    ),
    Operation(
        "read_referrals",
        "GET /customers/{customer}/referrals",
        CustomerAsked,
        answers.Referrals,
        "404 422",
        "Read a customer's referrals.",
    ),
    Operation(
        "read_rewards",
        "GET /customers/{customer}/rewards",
        CustomerAsked,
        answers.Rewards,
        "404 422",
        "Read a customer's rewards.",
    ),
    Operation(
        "read_stats",
        "GET /customers/{customer}/stats",
        CustomerAsked,
        answers.Stats,
        "404 422",
        "Read a customer's numbers.",
    ),
)


# Written when it is first asked for: it takes 10 ms that a start need not wait for.
@cache
def description(server: str) -> JSONResponse:
    """Write openapi.json for the API at this address."""
    models: list[type[BaseModel]] = [ProblemDocument, *(each.gives for each in OPERATIONS)]
    _, answered = models_json_schema([(model, "serialization") for model in models], ref_template=_REF)
    schemas: dict[str, Any] = answered["$defs"]
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, schemas)
    key = {"type": "http", "scheme": "bearer", "description": "The key that GRAPEVINE_API_KEY holds."}
    return JSONResponse(
        {
            "openapi": "3.1.0",
            "info": {"title": "Grapevine", "version": "1"},
            "servers": [{"url": server}],
            "security": [{"key": []}],
            "paths": paths,
            "components": {"schemas": schemas, "securitySchemes": {"key": key}},
        }
    )


def _operation(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    """Describe one row, and add the schemas of its body to the others."""
    taken = operation.takes.model_json_schema(ref_template=_REF)
    parts, models = taken["properties"], taken["$defs"]
    described: dict[str, Any] = {"operationId": operation.name, "summary": operation.does}
    described["parameters"] = [
        parameter
        for place in ("path", "header")
        if place in parts
        for parameter in _parameters(place, models.pop(parts[place]["$ref"].removeprefix(_SCHEMAS)))
    ]
    if "body" in parts:
        content = {"application/json": {"schema": parts["body"]}}
        described["requestBody"] = {"content": content, "required": "body" in taken.get("required", ())}
    schemas.update(models)
    return described | {"responses": dict(_responses(operation))}


def _parameters(place: str, model: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, schema in model["properties"].items():
        yield {"name": name, "in": place, "required": name in model.get("required", ()), "schema": schema}


def _responses(operation: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "200", _response(200, "application/json", operation.gives)
    for status in sorted(f"{_AT_THE_DOOR} {operation.refuses}".split()):
        yield status, _response(int(status), MEDIA_TYPE, ProblemDocument)


def _response(status: int, media_type: str, model: type[BaseModel]) -> dict[str, Any]:
    content = {media_type: {"schema": {"$ref": _SCHEMAS + model.__name__}}}
    return {"description": HTTPStatus(status).phrase, "content": content}
