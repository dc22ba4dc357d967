"""The program's figures: each a sum over a stretch of time, made by the database in one statement."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, or_, select, true, type_coerce

from referrals.draw import click_number_at
from referrals.ledger import Account
from storage.connection import Connection
from storage.schema import clicks, customers, events, ledger, links, referrals, rewards, shares

# What a reward costs stands on these accounts; what expired there was never paid, what was taken back left them.
_PAID_OR_OWED = (Account.PENDING, Account.AVAILABLE, Account.CLAIMED, Account.REDEEMED)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """The program and the stretch of time that figures are about: from the first moment up to the second."""

    program: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Joining:
    """How many referrals of one source stand where; no source: no visit through the link was known."""

    source: str | None
    state: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Buying:
    """What friends bought who came from one source, in the program's currency, net of refunds."""

    source: str | None
    purchases: int
    revenue: int


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What rewards of one unit cost as the ledger stands, and how much was handed over at a till."""

    unit: str
    cost: int
    redeemed: int


class Figures:
    """Counts and sums for the team; what each figure means is said in docs/figures.md."""

    # Measured on SQLite with 200,000 customers, 67,000 referrals, 400,000 purchases and visits and 430,000 entries of
    # the ledger: 0.7 to 0.8 s for a week or a month, 2 s for all time, on a busy machine. Every statement is linear in
    # its tables, so a million customers take five times as long; readers and the writer do not wait for each other.

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def visits(self, stretch: Stretch) -> int:
        """Count the visits that people made through links.

        For all time the counts kept at the links are summed. A shorter stretch is a range of the clicks' numbers,
        which grow with time: the table needs no further index.
        """
        if stretch.since is None and stretch.until is None:
            query = select(func.coalesce(func.sum(links.c.visits), 0)).where(links.c.program_id == stretch.program)
            return int(await self._one(query))
        query = (
            select(func.count())
            .select_from(clicks.join(links, links.c.id == clicks.c.link_id))
            .where(links.c.program_id == stretch.program, clicks.c.is_counted)
        )
        if stretch.since is not None:
            query = query.where(clicks.c.number >= click_number_at(stretch.since))
        if stretch.until is not None:
            query = query.where(clicks.c.number < click_number_at(stretch.until))
        return int(await self._one(query))

    async def shares(self, stretch: Stretch) -> int:
        """Count the cards that advocates sent, as far as their platforms tell."""
        query = (
            select(func.count())
            .select_from(shares.join(links, links.c.id == shares.c.link_id))
            .where(links.c.program_id == stretch.program, _within(shares.c.at, stretch))
        )
        return int(await self._one(query))

    async def joinings(self, stretch: Stretch) -> list[Joining]:
        """Count the referrals that joined, by their source and where they stand now."""
        query = (
            select(clicks.c.source, referrals.c.state, func.count().label("number"))
            .select_from(referrals.outerjoin(clicks, clicks.c.number == referrals.c.click))
            .where(referrals.c.program_id == stretch.program, _within(referrals.c.joined_at, stretch))
            .group_by(clicks.c.source, referrals.c.state)
        )
        rows = await self._connection.execute(query)
        return [Joining(source=row.source, state=row.state, count=row.number) for row in rows]

    async def purchases(self, stretch: Stretch) -> int:
        """Count all purchases that were reported and not returned in full, whoever made them."""
        query = select(func.count()).select_from(events).where(_kept_purchases(stretch))
        return int(await self._one(query))

    async def buyings(self, stretch: Stretch, *, currency: str, skew: timedelta) -> list[Buying]:
        """Sum what friends bought since they joined, by the source of their referral; ineligible ones left out."""
        net = case((events.c.unit == currency, events.c.amount - events.c.refunded), else_=0)
        query = (
            select(clicks.c.source, func.count().label("number"), func.sum(net).label("total"))
            .select_from(
                events.join(referrals, referrals.c.friend_id == events.c.customer_id).outerjoin(
                    clicks, clicks.c.number == referrals.c.click
                )
            )
            .where(_kept_purchases(stretch), _counts(stretch), _not_before(events.c.occurred_at, skew))
            .group_by(clicks.c.source)
        )
        rows = await self._connection.execute(query)
        return [Buying(source=row.source, purchases=row.number, revenue=int(row.total)) for row in rows]

    async def costs(self, stretch: Stretch) -> list[Cost]:
        """Sum what the rewards cost that were earned, by unit, as the ledger stands now."""
        # Not a join: SQLite would walk the whole ledger for a week of rewards.
        earned = select(rewards.c.id).where(
            rewards.c.program_id == stretch.program, _within(rewards.c.earned_at, stretch)
        )
        query = (
            select(ledger.c.unit, ledger.c.account, func.sum(ledger.c.amount).label("total"))
            .where(ledger.c.reward_id.in_(earned))
            .group_by(ledger.c.unit, ledger.c.account)
        )
        standing: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for row in await self._connection.execute(query):
            standing[row.unit][row.account] = int(row.total)
        return [_cost(unit, accounts) for unit, accounts in sorted(standing.items())]

    async def new_customers(self, stretch: Stretch, *, skew: timedelta) -> int:
        """Count the friends whose first purchase came after they joined."""
        query = (
            select(func.count())
            .select_from(referrals.join(customers, customers.c.id == referrals.c.friend_id))
            .where(_counts(stretch), _within(customers.c.customer_since, stretch))
            .where(customers.c.customer_since.is_not(None), _not_before(customers.c.customer_since, skew))
        )
        return int(await self._one(query))

    async def _one(self, query: Any) -> Any:
        return (await self._connection.execute(query)).scalar_one()


def _within(moment: ColumnElement[Any], stretch: Stretch) -> ColumnElement[bool]:
    bounds = [
        *([moment >= stretch.since] if stretch.since is not None else []),
        *([moment < stretch.until] if stretch.until is not None else []),
    ]
    return and_(true(), *bounds)


def _kept_purchases(stretch: Stretch) -> ColumnElement[bool]:
    # A purchase may be reported without an amount, or be free: neither was returned.
    is_kept = or_(events.c.amount.is_(None), events.c.amount == 0, events.c.refunded < events.c.amount)
    return and_(
        events.c.program_id == stretch.program,
        events.c.type == "purchase",
        _within(events.c.occurred_at, stretch),
        is_kept,
    )


def _counts(stretch: Stretch) -> ColumnElement[bool]:
    return and_(referrals.c.program_id == stretch.program, referrals.c.state != "ineligible")


def _not_before(moment: ColumnElement[Any], skew: timedelta) -> ColumnElement[bool]:
    # A till's clock may be behind ours; both columns count microseconds.
    allowed = skew // timedelta(microseconds=1)
    return type_coerce(moment, BigInteger) + allowed >= type_coerce(referrals.c.joined_at, BigInteger)


def _cost(unit: str, accounts: Mapping[str, int]) -> Cost:
    return Cost(
        unit=unit,
        cost=sum(accounts.get(account, 0) for account in _PAID_OR_OWED),
        redeemed=accounts.get(Account.REDEEMED, 0),
    )
