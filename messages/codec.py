"""Writes a message as JSON and reads it back, so that a notice can wait in the outbox."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any

from messages import message
from messages.message import Message
from referrals.money import Amount

_KINDS: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        message.Worth,
        message.Spoken,
        message.Rate,
        message.Percent,
        message.City,
        message.Day,
        message.Moment,
        message.ShareLink,
        message.JoinLink,
        message.SharePage,
        message.Code,
        message.Phrase,
        message.NameOf,
        message.Said,
        message.Announced,
        message.Member,
        message.SignInLink,
        message.Command,
        message.QR,
        message.Bars,
        message.Photo,
        message.Table,
        message.Act,
        message.Copy,
        message.Share,
        message.Open,
        message.AskPhone,
        Message,
        Amount,
    )
}
_TAG = "$"
_PLAIN = frozenset({str, int, bool, type(None)})


def encode(value: Any) -> Any:
    """Turn a message, or anything in one, into plain JSON values."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict:
        return {key: item if type(item) in _PLAIN else encode(item) for key, item in value.items()}
    if kind is tuple or kind is list:
        return [encode(item) for item in value]
    parts = _parts(kind)  # type: ignore[arg-type]  # a class is hashable, whatever `Any` says
    if parts is not None:
        told = {_TAG: kind.__name__}
        for name in parts:  # most are plain: asking that here saves two calls of three
            item = getattr(value, name)
            told[name] = item if type(item) in _PLAIN else encode(item)
        return told
    if isinstance(value, datetime):
        return {_TAG: "datetime", "iso": value.isoformat()}
    return encode(dict(value)) if isinstance(value, Mapping) else value


@cache  # there are some thirty kinds, and asking one whether it is a dataclass takes longer than anything else here
def _parts(kind: type[Any]) -> tuple[str, ...] | None:
    return tuple(part.name for part in fields(kind)) if is_dataclass(kind) else None


def decode(value: Any) -> Any:
    """Turn what `encode` wrote back into what it was; raises KeyError for a kind that no longer exists."""
    if isinstance(value, list):
        return tuple(decode(item) for item in value)
    if not isinstance(value, Mapping):
        return value
    if value.get(_TAG) == "datetime":
        return datetime.fromisoformat(value["iso"])
    plain = {key: decode(item) for key, item in value.items() if key != _TAG}
    return _KINDS[value[_TAG]](**plain) if _TAG in value else plain


def customers_named(value: Any) -> set[str]:
    """Find the customers whose names an encoded message needs."""
    if isinstance(value, list):
        return set().union(*(customers_named(item) for item in value))
    if not isinstance(value, Mapping):
        return set()
    if value.get(_TAG) == message.NameOf.__name__:
        return {value["customer"]}
    return customers_named(list(value.values()))


def with_names(value: Any, names: Mapping[str, str], nameless: message.Phrase) -> Any:
    """Put first names into an encoded message; whoever has none is called by the nameless phrase."""
    if isinstance(value, list):
        return [with_names(item, names, nameless) for item in value]
    if not isinstance(value, Mapping):
        return value
    if value.get(_TAG) == message.NameOf.__name__:
        return names.get(value["customer"]) or encode(nameless)
    return {key: with_names(item, names, nameless) for key, item in value.items()}


def decode_message(value: Mapping[str, Any]) -> Message:
    """Read back a whole message."""
    found = decode(value)
    if not isinstance(found, Message):
        raise TypeError("This is not a message.")
    return found
