"""Column types that mean the same in SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Dialect, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# SQLite counts rows by itself only in a column declared INTEGER; it holds 64 bits there too.
Number = BigInteger().with_variant(Integer(), "sqlite")
ID = String(24)
Json = JSON().with_variant(JSONB(), "postgresql")


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as microseconds since 1970, so that both databases sort and compare it alike."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse a moment without a zone, and count its microseconds."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored moment needs its time zone.")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the moment, aware, in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND
