"""JSON on the wire: read strictly, written canonically for its hash, and records written as plain JSON."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from hashlib import blake2b
from typing import Any, NoReturn

from messages.message import Day, Moment, Worth
from referrals.money import Amount

# Our own schema is four levels deep; the rest is for what shops put into `properties`.
DEEPEST = 16

_PLAIN = frozenset({str, int, bool, type(None)})

# An open string ends with the body: otherwise each of its quotes would be tried as a beginning, in quadratic time.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)


class NotJson(ValueError):
    """The body is not JSON as we take it; `reason` is a word of the problem's texts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(body: bytes) -> Any:
    """Parse a body: UTF-8, no repeated names, no NaN or Infinity, at most sixteen levels; raises NotJson."""
    if _depth(body) > DEEPEST:
        raise NotJson("too-deep")
    try:
        parsed = json.loads(
            body.decode(), object_pairs_hook=_without_repeats, parse_constant=_refuse, parse_float=_finite
        )
        canonical(parsed)  # a lone surrogate passes the parser, and no database takes it
    except NotJson:
        raise
    except (ValueError, RecursionError) as error:
        raise NotJson("malformed") from error
    return parsed


def canonical(value: Any) -> bytes:
    """Write a parsed value in the one form that its hash is taken of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(value: Any) -> str:
    """Hash a parsed body, so that a repeated report can be told from a changed one."""
    return blake2b(canonical(value), digest_size=32).hexdigest()


def plain(value: object) -> Any:
    """Turn a reply into plain JSON: amounts as decimal strings, moments in UTC."""
    if type(value) in _PLAIN:  # most are, and each question below costs more than this one
        return value
    match value:
        case Mapping():
            return {str(name): plain(inner) for name, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(inner) for inner in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return _record(value)
        case _:
            return _scalar(value)


def _record(value: Any) -> Any:
    match value:
        case Day(at) | Moment(at):
            return plain(at)
        case Worth(amount):
            return plain(amount)
        case Amount():
            return {"amount": value.decimal(), "unit": value.unit}
        case _:
            return {field.name: plain(getattr(value, field.name)) for field in fields(value)}


def _scalar(value: object) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case Decimal():
            return format(value, "f")
        case _:
            return value


def _depth(body: bytes) -> int:
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return 0
    depth = deepest = 0
    for sign in _STRING.sub(b"", body):
        if sign in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in b"]}":
            depth -= 1
    return deepest


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson("repeated-name")
    return found


def _refuse(_: str) -> NoReturn:
    raise NotJson("malformed")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise NotJson("malformed")
    return number
