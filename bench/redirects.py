"""The redirect with its click committed, against the same server answering a bare 302."""

from contextlib import ExitStack

from bench import databases, rounds
from bench.processes import loading, serving
from bench.report import Section, Table
from bench.rounds import Contender, Shape
from storage.schema import clicks

_ADVOCATES = 16
_BARE = "the same uvicorn, bare 302"
_HOW = (
    "`GET /r/{code}` through the whole running service: the click is committed before the answer leaves (SQLite: WAL, "
    "`synchronous=FULL`; PostgreSQL: `fsync` and `synchronous_commit` on). Keep-alive connections from one Python "
    "client in another process; sixteen codes in turn. *× floor* is answers per second against the bare 302, "
    "*× floor, CPU* the bare server's processor time for an answer against ours (only our own process: neither the "
    "client nor PostgreSQL)."
)


def run(shape: Shape) -> Section:
    """Measure at 64 and at 256 connections, and count the rows against the answers."""
    with ExitStack() as stack:
        load = stack.enter_context(loading())
        urls = {
            "click in SQLite": stack.enter_context(databases.sqlite()),
            "click in PostgreSQL": stack.enter_context(databases.postgresql()),
        }
        contenders = {
            _BARE: Contender(server=stack.enter_context(serving("bare")), requests=_visits(["A"]), status=302)
        }
        for name, url in urls.items():
            server = stack.enter_context(serving("service", database_url=url, advocates=_ADVOCATES))
            contenders[name] = Contender(server=server, requests=_visits(server.facts["codes"]), status=302)
        parts: list[Table | str] = []
        seen = dict.fromkeys(urls, 0)
        for connections in (64, 256):
            measured = rounds.compare(contenders, load, rounds.longer(shape, connections=connections))
            parts.append(rounds.table(measured, first=f"{connections} connections"))
            seen = {name: seen[name] + measured[name].answers for name in urls}
        parts += [_counted(name, seen[name], databases.count(url, clicks)) for name, url in urls.items()]
    return Section(title="A click recorded and sent on", how=_HOW, parts=parts)


def _visits(codes: list[str]) -> list[str]:
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
    return [f"GET /r/{code} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {agent}\r\n\r\n" for code in codes]


def _counted(name: str, answers: int, rows: int) -> str:
    verdict = "none lost" if rows == answers else f"a difference of {rows - answers:+,}"
    return f"Rows in the database, {name}: {rows:,} for {answers:,} answers seen: {verdict}."
