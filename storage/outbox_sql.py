"""What is asked of the outbox: what is due and has nothing ahead of it, and what a claim may still change.

Conditions on the state are written out, not bound: an index over some of the rows is used only where they read alike.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    text,
    update,
)

from storage import statements
from storage.columns import ID, Json, Moment
from storage.connection import Row
from storage.customers import CHATS
from storage.notices import ANYWHERE, MARKETING, SPOKEN, Waiting
from storage.prepared import Prepared, as_they_come, prepared, records
from storage.schema import campaigns, identities, outbox


def lane_of(customer: ColumnElement[Any], via: ColumnElement[Any]) -> ColumnElement[str]:
    """Say by which platform a notice goes: the one it asks for, else the first that reaches its customer."""
    reachable = (
        select(identities.c.platform)
        .where(identities.c.customer_id == customer, identities.c.is_reachable)
        .where(or_(*(identities.c.platform == chat for chat in CHATS)))
        .limit(1)
    )
    asked = reachable.where(identities.c.platform == via).scalar_subquery()
    first = reachable.order_by(identities.c.created_at).scalar_subquery()
    return func.coalesce(asked, first, ANYWHERE)


_PUT = (
    "recipient", "customer_id", "via", "key", "kind", "priority", "message", "not_before", "expires_at", "created_at",
)  # fmt: skip


@cache
def put(rows: int) -> Prepared[Row]:
    """Insert so many notices, in this order, each unless one with the same key was kept before."""
    return _putting(rows, is_expired=False)


@cache
def put_expired(rows: int) -> Prepared[Row]:
    """Insert so many notices that are over before they may leave."""
    return _putting(rows, is_expired=True)


def _putting(rows: int, *, is_expired: bool) -> Prepared[Row]:
    def build(dialect: str) -> Executable:
        entries = [_entry(row) | (_expired(row) if is_expired else {}) for row in range(rows)]
        statement = statements.insertion(dialect, outbox).values(entries)
        return statement.on_conflict_do_nothing().returning(outbox.c.number)

    return Prepared(build, as_they_come)


def _entry(row: int) -> dict[str, Any]:
    own, reader, asked = (bindparam(f"{name}_{row}", type_=String) for name in ("own_lane", "reader", "asked"))
    given = {name: bindparam(f"{name}_{row}", type_=outbox.c[name].type) for name in _PUT}
    return {**given, "state": "queued", "lane": func.coalesce(own, lane_of(reader, asked))}


def _expired(row: int) -> dict[str, Any]:
    return {"state": "suppressed", "reason": "expired", "settled_at": _moment(f"created_at_{row}")}


def _moment(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=Moment())


def _claimable() -> Any:
    """Find what is due and has nothing ahead of it.

    Conditions are written out, not bound: an index over some of the rows is used only where they read the same.
    """
    ahead = outbox.alias("ahead")
    goes_first = and_(
        ahead.c.number < outbox.c.number,
        ahead.c.campaign_id.is_(None),
        or_(ahead.c.priority < MARKETING, outbox.c.priority == MARKETING),
        or_(ahead.c.not_before <= _moment("soon"), ahead.c.attempts > 0),
    )
    held_up = (
        select(literal(1))
        .where(text("ahead.state IN ('queued', 'sending')"), ahead.c.recipient == outbox.c.recipient)
        .where(or_(ahead.c.state == "sending", goes_first))
        .select_from(ahead)
        .correlate(outbox)
        .exists()
    )
    return (
        statements.columns_of(outbox, Waiting)
        .where(text("outbox.state = 'queued'"), outbox.c.not_before <= _moment("at"), ~held_up)
        .where(outbox.c.lane == bindparam("lane", type_=String))
        .order_by(outbox.c.not_before, outbox.c.number)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True, of=outbox)
    )


@records(Waiting)
def due() -> Executable:
    """Find what is due of one lane and priority, campaigns aside."""
    query = _claimable().where(text("outbox.campaign_id IS NULL"))
    return query.where(outbox.c.priority == bindparam("priority", type_=Integer))  # type: ignore[no-any-return]


@records(Waiting)
def of_campaign() -> Executable:
    """Find what is due of one lane and campaign."""
    query = _claimable().where(text("outbox.campaign_id IS NOT NULL"))
    return query.where(outbox.c.campaign_id == bindparam("campaign", type_=ID))  # type: ignore[no-any-return]


@prepared
def running() -> Executable:
    """Find the campaigns whose notices may leave, the oldest first."""
    return select(campaigns.c.id).where(campaigns.c.state == "running").order_by(campaigns.c.created_at)


def _listed() -> ColumnElement[bool]:
    return statements.listed(outbox.c.number, "numbers")


def _held() -> Any:
    """Change the rows of a list that a claim still holds."""
    return update(outbox).where(_listed(), outbox.c.fence == bindparam("by", type_=String), outbox.c.state == "sending")


def _given_up() -> Any:
    """Change the marketing of a list that was taken for unknown while the claim it was in lived on."""
    return update(outbox).where(_listed(), outbox.c.fence == bindparam("by", type_=String), outbox.c.state == "unknown")


@prepared
def hold() -> Executable:
    """Have rows held by one claim; nothing of them is on its way yet."""
    return (
        update(outbox)
        .where(_listed())
        .values(
            state="sending",
            fence=bindparam("by", type_=String),
            lease_until=_moment("until"),
            attempts=outbox.c.attempts + 1,
            begun_at=null(),
        )
    )


@prepared
def begin() -> Executable:
    """Have rows that a claim still holds as begun: from now on they may arrive."""
    return _held().values(begun_at=_moment("now")).returning(outbox.c.number)  # type: ignore[no-any-return]


def _closed() -> Mapping[str, Any]:
    """Say what a row is once it has come to its end."""
    spoken = or_(*(outbox.c.kind == kind for kind in SPOKEN))
    return {
        "state": bindparam("to", type_=String),
        "reason": bindparam("why", type_=String),
        "settled_at": _moment("now"),
        "fence": null(),
        "lease_until": null(),
        "message": case((spoken, literal({}, Json)), else_=outbox.c.message),
    }


_ENDED = (outbox.c.campaign_id, outbox.c.number, outbox.c.customer_id, outbox.c.week)


@prepared
def settle() -> Executable:
    """Close rows that a claim still holds."""
    return _held().values(_closed()).returning(*_ENDED)  # type: ignore[no-any-return]


@prepared
def settle_late() -> Executable:
    """Say after all what became of marketing that was taken for unknown."""
    return _given_up().values(_closed()).returning(*_ENDED)  # type: ignore[no-any-return]


def _put_back() -> Mapping[str, Any]:
    """Say what a row is that waits again."""
    return {
        "state": "queued",
        "reason": bindparam("why", type_=String),
        "not_before": _moment("until"),
        "settled_at": null(),
        "fence": null(),
        "lease_until": null(),
        "attempts": outbox.c.attempts - bindparam("back", type_=Integer),
    }


@prepared
def postpone() -> Executable:
    """Put rows back that a claim still holds."""
    return _held().values(_put_back()).returning(outbox.c.number)  # type: ignore[no-any-return]


@prepared
def postpone_late() -> Executable:
    """Put back after all what was taken for unknown and surely did not leave, unless its campaign is over."""
    goes_on = select(campaigns.c.id).where(campaigns.c.ended_at.is_(None))
    is_wanted = or_(outbox.c.campaign_id.is_(None), outbox.c.campaign_id.in_(goes_on))
    return _given_up().where(is_wanted).values(_put_back()).returning(outbox.c.campaign_id)  # type: ignore[no-any-return]


@prepared
def leave_to() -> Executable:
    """Put rows back into the lane by which they really go."""
    return _held().values(  # type: ignore[no-any-return]
        state="queued",
        lane=bindparam("to", type_=String),
        fence=null(),
        lease_until=null(),
        attempts=outbox.c.attempts - 1,
    )


@prepared
def recovered() -> Executable:
    """Let go of rows whose claim has run out."""
    left = outbox.alias("left_behind")
    dead = (
        select(left.c.number)
        .where(text("left_behind.state = 'sending'"), left.c.lease_until <= _moment("ended"))
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
    )
    may_have_arrived = and_(outbox.c.kind == "marketing", outbox.c.begun_at.is_not(None))
    return (
        update(outbox)
        .where(outbox.c.number.in_(dead))
        .values(
            state=case((may_have_arrived, "unknown"), else_="queued"),
            reason=case((may_have_arrived, "begun-before"), else_=outbox.c.reason),
            settled_at=case((may_have_arrived, _moment("now")), else_=null()),
            # Whoever held it may only have been slow: by its fence, it may still say what it knows.
            fence=case((may_have_arrived, outbox.c.fence), else_=null()),
            lease_until=null(),
        )
        .returning(outbox.c.campaign_id, outbox.c.state)
    )


@prepared
def space() -> Executable:
    """Hold back all that some people are to hear: the next may be any of it, such as what is put before a campaign."""
    coming = outbox.alias("coming")
    theirs = (
        select(coming.c.number)
        .where(text("coming.state IN ('queued', 'sending')"), statements.listed(coming.c.recipient, "recipients"))
        .where(coming.c.state == "queued", coming.c.not_before < _moment("until"))
        .with_for_update(skip_locked=True)
    )
    return update(outbox).where(outbox.c.number.in_(theirs)).values(not_before=_moment("until"))
