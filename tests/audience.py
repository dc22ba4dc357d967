"""People to write to, made by the thousand, and what waits for them: for faults, soaks and benchmarks."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert, update

from handlers.leading import WEEKLY_JOB
from messages.codec import encode
from messages.message import Message
from referrals.periods import period_key, slot_week, weekly_slot
from storage.connect import Database
from storage.notices import PRIORITIES
from storage.schema import campaigns, customers, identities, outbox, scores

FIRST_PERSON = 700_001
CAMPAIGN = "cmp_audience"
AT_ONCE = 1000
UTC_ZONE = ZoneInfo("UTC")
# Two texts of ours without values, told apart by their words: what a campaign says, and what a reward's notice does.
OFFER, REWARD = Message(key="commands.short-description"), Message(key="commands.thanks-for-number")


def subjects(people: int) -> range:
    """Number the people's chats."""
    return range(FIRST_PERSON, FIRST_PERSON + people)


async def gather(database: Database, people: int, *, at: datetime) -> None:
    """Let the shop know so many people, who agreed to reminders and news and have a chat in Telegram."""
    who = {"created_at": at, "reminders_agreed_at": at, "news_agreed_at": at, "language": "en"}
    chat = {"platform": "telegram", "created_at": at}
    await _insert(database, customers, ({**who, "id": _id(number)} for number in subjects(people)))
    await _insert(
        database,
        identities,
        ({**chat, "subject": str(number), "customer_id": _id(number)} for number in subjects(people)),
    )


async def queue_offer(database: Database, people: int, *, at: datetime) -> None:
    """Plan a campaign for all of them; nothing leaves before it is `released`."""
    row = {"id": CAMPAIGN, "state": "planned", "message": encode(OFFER), "segment": {}, "created_at": at}
    await _insert(database, campaigns, [{**row, "planned": people, "planned_at": at}])
    await _insert(
        database,
        outbox,
        (
            {**_notice(number, "marketing", at), "message": {}, "campaign_id": CAMPAIGN}
            for number in subjects(people)
        ),
    )  # fmt: skip


async def queue_rewards(database: Database, people: int, *, at: datetime) -> None:
    """Have a notice about a reward wait for each of them."""
    rows = ({**_notice(number, "reward", at), "message": encode(REWARD)} for number in subjects(people))
    await _insert(database, outbox, rows)


async def score(database: Database, *, at: datetime, zone: ZoneInfo = UTC_ZONE) -> None:
    """Make the finished week worth telling: one of them has brought a friend in it."""
    since, _ = slot_week(weekly_slot(at, zone), zone)
    row = {"program_id": "demo", "period": period_key("week", since, zone), "score": 1, "on_board": True}
    await _insert(database, scores, [{**row, "advocate_id": _id(FIRST_PERSON)}])


def weekly(at: datetime) -> tuple[str, str]:
    """Name the job and the slot that are due by then."""
    return WEEKLY_JOB, weekly_slot(at, UTC_ZONE)


def number_of(customer: str) -> int:
    """Return the number of a customer's chat."""
    return int(customer.removeprefix("cus_audience"))


async def release(database: Database) -> None:
    """Let the campaign begin."""
    async with database.migrating() as connection:
        await connection.execute(update(campaigns).values(state="running"))


def _notice(number: int, kind: str, at: datetime) -> dict[str, Any]:
    return {
        "recipient": _id(number),
        "customer_id": _id(number),
        "key": f"{kind}:{number}",
        "kind": kind,
        "priority": PRIORITIES[kind],
        "lane": "telegram",
        "state": "queued",
        "not_before": at,
        "created_at": at,
    }


def _id(number: int) -> str:
    return f"cus_audience{number}"


async def _insert(database: Database, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    for some in _some(rows):
        async with database.migrating() as connection:
            await connection.execute(insert(table), some)


def _some(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    gathered: list[dict[str, Any]] = []
    for row in rows:
        gathered.append(row)
        if len(gathered) == AT_ONCE:
            yield gathered
            gathered = []
    if gathered:
        yield gathered
