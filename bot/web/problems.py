"""Problems: every way in which the API says no, as RFC 9457 documents with a stable type and plain words."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from bot.web import wire
from bot.web.edge import Edge
from handlers.outcome import Outcome
from messages.markup import Markup
from messages.message import Message, Values

MEDIA_TYPE = "application/problem+json"
# More than these help nobody to find the first mistake.
_MOST_ERRORS = 20

# What the edge itself refuses: kind -> status.
KINDS: Mapping[str, int] = {
    "bad-input": 422,
    "malformed-json": 400,
    "too-large": 413,
    "too-slow": 408,
    "wrong-content-type": 415,
    "no-api-key": 401,
    "wrong-api-key": 401,
    "not-found": 404,
    "wrong-method": 405,
    "too-many-requests": 429,
    "busy": 503,
    "broken": 500,
}


class Refusal(NamedTuple):
    """How a handler's refusal is answered: the status, the key of the title, and the field at fault if it is one."""

    status: int
    title: str
    field: str = ""


# What a handler refuses: denial code -> answer.
REFUSALS: Mapping[str, Refusal] = {
    "id-reused": Refusal(409, "problem-id-reused", "id"),
    "two-customers": Refusal(409, "problem-two-customers", "customer.identities"),
    "no-program": Refusal(409, "problem-no-program"),
    "unknown-code": Refusal(422, "problem-unknown-code", "code"),
    "refund-of-something-else": Refusal(409, "problem-refund-of-something-else", "refers_to"),
    "refund-exceeds": Refusal(409, "problem-refund-exceeds", "amount"),
    "key-reused": Refusal(409, "problem-key-reused"),
    "unknown-customer": Refusal(404, "problem-unknown-customer"),
    "unknown-voucher": Refusal(404, "problem-unknown-voucher"),
    "unknown-spending": Refusal(404, "problem-unknown-spending"),
    "balance-too-low": Refusal(409, "problem-balance-too-low", "amount"),
    "redemption-key-reused": Refusal(409, "problem-key-reused"),
    "spending-key-reused": Refusal(409, "problem-key-reused"),
    "voucher-redeemed": Refusal(409, "problem-voucher-redeemed"),
    "voucher-expired": Refusal(410, "problem-voucher-expired"),
    "voucher-revoked": Refusal(410, "problem-voucher-revoked"),
}
_OTHER = Refusal(409, "problem-refused")

# pydantic's name of an error -> the text that says it.
_FIELD_TEXTS: Mapping[str, str] = {
    "missing": "required",
    "extra_forbidden": "unknown-field",
    "string_type": "not-a-string",
    "string_too_short": "too-short",
    "string_too_long": "too-long",
    "string_pattern_mismatch": "wrong-letters",
    "string_unicode": "control-characters",
    "dict_type": "not-an-object",
    "model_type": "not-an-object",
    "model_attributes_type": "not-an-object",
    "list_type": "not-a-list",
    "too_long": "too-many",
    "too_short": "too-few",
}


# What bot.web.models refuses by itself; each has its text.
OWN_ERRORS = frozenset(
    {
        "control-characters",
        "not-a-click",
        "not-a-code",
        "not-a-moment",
        "not-a-phone",
        "not-a-slack-id",
        "not-a-telegram-id",
        "not-an-email",
        "properties-too-large",
        "unknown-currency",
    }
)


class Problem(HTTPException):
    """A refusal that ends the request."""

    def __init__(
        self,
        kind: str,
        *,
        status: int | None = None,
        field: str = "",
        said: Message | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(status or KINDS[kind], kind, dict(headers) if headers else None)
        self.kind = kind
        self.field = field
        self.said = said
        self.more = more or {}


class BadField(Problem):
    """Input that is well formed and still cannot be: names the field and says what is wrong with it."""

    def __init__(self, field: str, what: str, **values: str | int) -> None:
        super().__init__("bad-input", field=field, said=Message(key=f"pages.field-{what}", values=values))


class ProblemDocument(BaseModel):
    """An error, as RFC 9457 describes it."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["/problems/bad-input"])
    title: str
    status: int
    detail: str
    field: str | None = Field(default=None, description="The field at fault, such as `customer.identities.0.id`.")


def title_of(kind: str) -> str:
    """Name the text that a problem of this type is headed by; its detail is named after it."""
    return f"problem-{kind}" if kind in KINDS else REFUSALS.get(kind, _OTHER).title


def refused(outcome: Outcome) -> Problem:
    """Turn a handler's refusal into a problem; what it replied stands beside the words."""
    more = dict(outcome.reply)
    # Several sentences may say one refusal; the reply then carries the code that machines rely on.
    code = str(more.pop("code", outcome.refused))
    refusal = REFUSALS.get(code, _OTHER)
    said = outcome.answers[0] if outcome.answers else None
    return Problem(code, status=refusal.status, field=refusal.field, said=said, more=more)


def bad_input(error: ValidationError, edge: Edge) -> Problem:
    """Turn what pydantic found into a problem, the first field in front."""
    found = [(_field(each["loc"]), _said(each)) for each in error.errors(include_url=False)[:_MOST_ERRORS]]
    field, said = found[0]
    errors = [{"field": field, "detail": edge.plain(said)} for field, said in found]
    return Problem("bad-input", field=field, said=said, more={"errors": errors})


class Problems:
    """Writes problem documents in the business's language."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge

    def answer(self, problem: Problem) -> JSONResponse:
        """Write one problem."""
        title = title_of(problem.kind)
        detail = self._edge.plain(problem.said) if problem.said else self._text(f"{title}-detail")
        document: dict[str, Any] = dict(wire.plain(problem.more))
        document |= {
            "type": f"/problems/{problem.kind}",
            "title": self._text(title),
            "status": problem.status_code,
            "detail": detail,
        }
        if problem.field:
            document["field"] = problem.field
        headers = {"cache-control": "no-store", **(problem.headers or {})}
        return JSONResponse(document, problem.status_code, headers, MEDIA_TYPE)

    def _text(self, name: str) -> str:
        return self._edge.text(f"pages.{name}", {}, self._edge.house, markup=Markup.PLAIN)


def _said(error: Mapping[str, Any]) -> Message:
    what = error["type"]
    context = error.get("ctx") or {}
    limits = [value for name, value in context.items() if name in {"max_length", "min_length", "limit"}]
    values: Values = {"limit": limits[0]} if limits else {}
    return Message(
        key=f"pages.field-{_FIELD_TEXTS.get(what, what if what in OWN_ERRORS else 'invalid')}", values=values
    )


def _field(loc: Sequence[int | str]) -> str:
    """Name a field as its sender wrote it: without the place (body, path, header) it was found in."""
    inner = [str(part) for part in loc if part != "[key]"][1:]
    return ".".join(inner) or "body"
