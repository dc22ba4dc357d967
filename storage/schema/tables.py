"""What all tables share: how constraints are named, and indexes over some of the rows."""

from typing import Any

from sqlalchemy import MetaData, text

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
        "ix": "%(table_name)s_%(column_0_N_name)s_ix",
        "uq": "%(table_name)s_%(column_0_N_name)s_uq",
        "ck": "%(table_name)s_%(constraint_name)s_ck",
    }
)


def only_where(condition: str) -> dict[str, Any]:
    """Limit an index to the rows of a condition, in both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
