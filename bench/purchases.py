"""A qualifying purchase over the API, against the same door with one insert behind it."""

import json
from contextlib import ExitStack

from bench import databases, rounds
from bench.load import NUMBER
from bench.processes import loading, serving
from bench.report import Section, Table
from bench.rounds import Contender, Shape
from bench.servers import API_KEY
from referrals.codes import complete
from storage.schema import rewards

_ADVOCATES = 16
_CONNECTIONS = 8
_NO_CODES = [complete("AAAAAAA")]  # the floor looks for nobody, but its door checks the letters
_HOW = (
    f"`POST /api/v1/events`, {_CONNECTIONS} at a time: a purchase by somebody never seen before, with an advocate's "
    "code. In one transaction the service makes the customer, binds the referral, judges it, makes two rewards with "
    "their ledger entries, queues the notices and keeps the decision and its answer. The floor is the same application "
    "(same key, same validation, same answer) over a dispatcher that inserts the event's row in one transaction. "
    "`ROLES=web`: notices are queued, not sent."
)


def run(shape: Shape) -> Section:
    """Measure on both databases."""
    parts: list[Table | str] = []
    with ExitStack() as stack:
        load, folder = stack.enter_context(loading()), stack.enter_context(databases.folder())
        kinds = {
            "SQLite": [f"sqlite+aiosqlite:///{folder / f'{name}.db'}" for name in ("floor", "service")],
            "PostgreSQL": [stack.enter_context(databases.postgresql(name)) for name in ("floor", "service")],
        }
        for kind, (floor_url, url) in kinds.items():
            with (
                serving("one-insert", database_url=floor_url) as floor,
                serving("service", database_url=url, roles=["web"], advocates=_ADVOCATES) as service,
            ):
                rewards_before = databases.count(url, rewards)
                contenders = {
                    "one insert": Contender(server=floor, requests=_purchases(_NO_CODES), status=200),
                    "the service": Contender(server=service, requests=_purchases(service.facts["codes"]), status=200),
                }
                measured = rounds.compare(contenders, load, rounds.longer(shape, connections=_CONNECTIONS))
                made = databases.count(url, rewards) - rewards_before
            parts.append(rounds.table(measured, first=f"one purchase, {kind}"))
            parts.append(
                f"Rewards made on {kind}: {made:,} for {measured['the service'].answers:,} purchases answered."
            )
    return Section(title="A qualifying purchase", how=_HOW, parts=parts)


def _purchases(codes: list[str]) -> list[str]:
    return [_posted(code) for code in codes]


def _posted(code: str) -> str:
    number = NUMBER.decode()
    body = json.dumps(
        {
            "source": "till",
            "id": f"receipt-{number}",
            "type": "purchase",
            "customer": {"identities": [{"platform": "shop", "id": number}]},
            "amount": "25.00",
            "currency": "EUR",
            "code": code,
        }
    )
    return (
        f"POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {API_KEY}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )
