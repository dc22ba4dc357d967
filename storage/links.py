"""Share links: one shown per advocate and program, with one code for life."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Executable, bindparam, select, update

from referrals.identity import Identity
from storage import statements
from storage.connection import Connection
from storage.prepared import prepared, records
from storage.schema import identities, links, shares


@dataclass(frozen=True, kw_only=True)
class Link:
    """An advocate's share link, and the revision of the program when its owner was last shown it."""

    id: str
    program_id: str
    advocate_id: str
    code: str
    revision: int
    is_main: bool
    created_at: datetime
    visits: int = 0
    words: str = field(default="", repr=False)  # what the advocate says to friends; empty means our words


@records(Link)
def _by_code() -> Executable:
    return statements.columns_of(links, Link).where(links.c.code == bindparam("code"))


@records(Link)
def _by_id() -> Executable:
    return statements.columns_of(links, Link).where(links.c.id == bindparam("link"))


@records(Link)
def _main() -> Executable:
    return statements.columns_of(links, Link).where(
        links.c.program_id == bindparam("program"), links.c.advocate_id == bindparam("advocate"), links.c.is_main
    )


@records(Link)
def _of_advocate() -> Executable:
    return statements.columns_of(links, Link).where(links.c.advocate_id == bindparam("advocate")).order_by(links.c.id)


@records(Link)
def _awaiting_words() -> Executable:
    return (
        statements.columns_of(links, Link)
        .join(identities, identities.c.customer_id == links.c.advocate_id)
        .where(
            identities.c.platform == bindparam("platform"),
            identities.c.subject == bindparam("subject"),
            links.c.program_id == bindparam("program"),
            links.c.is_main,
            links.c.words_asked_at >= bindparam("since"),
        )
    )


@prepared
def _existing() -> Executable:
    return select(links.c.code).where(statements.listed(links.c.code, "codes"))


@prepared
def _visited() -> Executable:
    more = links.c.visits + bindparam("more")
    return update(links).where(links.c.id == bindparam("link")).values(visits=more)


class Links:
    """Finds and makes share links."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def by_code(self, code: str) -> Link | None:
        """Find the link with this code."""
        return await _by_code.first(self._connection, code=code)

    async def by_id(self, link: str) -> Link | None:
        """Find a link."""
        return await _by_id.first(self._connection, link=link)

    async def main_of(self, program: str, advocate: str) -> Link | None:
        """Find the link that an advocate is shown."""
        return await _main.first(self._connection, program=program, advocate=advocate)

    async def of_advocate(self, advocate: str) -> list[Link]:
        """List all links of an advocate."""
        return await _of_advocate.all(self._connection, advocate=advocate)

    async def existing(self, codes: Iterable[str]) -> list[str]:
        """Tell which of these codes exist."""
        return [row[0] for row in await _existing.all(self._connection, codes=codes)]

    async def show(
        self, program: str, advocate: str, *, revision: int, link: str, codes: Sequence[str], at: datetime
    ) -> Link:
        """Return the advocate's link as shown now, under this revision; make it with the first free code if need be."""
        for code in codes:
            found = await self.main_of(program, advocate)
            if found is not None:
                return await self._shown(found, revision)
            values = {"id": link, "program_id": program, "advocate_id": advocate, "code": code, "revision": revision}
            await statements.added(self._connection, links, {**values, "is_main": True, "created_at": at})
        found = await self.main_of(program, advocate)
        if found is None:
            raise RuntimeError("Every candidate for a share code was taken.")
        return found

    async def await_words(self, link: str, since: datetime) -> None:
        """Note that the next thing its advocate writes is what they say to friends."""
        await statements.changed(self._connection, links, link, {"words_asked_at": since})

    async def awaiting_words(self, program: str, identity: Identity, since: datetime) -> Link | None:
        """Find the link whose advocate was asked for their words, no longer ago than this."""
        return await _awaiting_words.first(
            self._connection, platform=identity.platform, subject=identity.subject, program=program, since=since
        )

    async def keep_words(self, link: str, words: str) -> None:
        """Keep what an advocate says to friends; nothing brings our words back."""
        await statements.changed(self._connection, links, link, {"words": words, "words_asked_at": None})

    async def shared(self, link: str, mark: str, at: datetime) -> bool:
        """Count a card that was sent, once however often it is told; say whether it was new."""
        return await statements.added(self._connection, shares, {"mark": mark, "link_id": link, "at": at})

    async def visited(self, counts: Mapping[str, int]) -> None:
        """Add visits to links, in order of id so that two processes cannot wait for each other."""
        for link, count in sorted(counts.items()):
            await _visited.run(self._connection, link=link, more=count)

    async def hand_over(self, ids: Iterable[str], to: str, *, is_main: bool) -> None:
        """Give links to another customer record."""
        await self._connection.execute(
            update(links).where(links.c.id.in_(list(ids))).values(advocate_id=to, is_main=is_main)
        )

    async def _shown(self, found: Link, revision: int) -> Link:
        if found.revision == revision:
            return found
        await statements.changed(self._connection, links, found.id, {"revision": revision})
        return replace(found, revision=revision)
