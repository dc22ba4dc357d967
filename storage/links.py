"""Share links: one shown per advocate and program, with one code for life."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import statements
from storage.schema import links


@dataclass(frozen=True, kw_only=True)
class Link:
    """An advocate's share link, and the revision of the program when its owner was last shown it."""

    id: str
    program_id: str
    advocate_id: str
    code: str
    revision: int
    is_main: bool
    visits: int = 0


class Links:
    """Finds and makes share links."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_code(self, code: str) -> Link | None:
        """Find the link with this code."""
        query = statements.columns_of(links, Link).where(links.c.code == code)
        return statements.maybe(Link, (await self._connection.execute(query)).first())

    async def by_id(self, link: str) -> Link | None:
        """Find a link."""
        query = statements.columns_of(links, Link).where(links.c.id == link)
        return statements.maybe(Link, (await self._connection.execute(query)).first())

    async def main_of(self, program: str, advocate: str) -> Link | None:
        """Find the link that an advocate is shown."""
        query = statements.columns_of(links, Link).where(
            links.c.program_id == program, links.c.advocate_id == advocate, links.c.is_main
        )
        return statements.maybe(Link, (await self._connection.execute(query)).first())

    async def of_advocate(self, advocate: str) -> list[Link]:
        """List all links of an advocate."""
        query = statements.columns_of(links, Link).where(links.c.advocate_id == advocate).order_by(links.c.id)
        return [statements.record(Link, row) for row in await self._connection.execute(query)]

    async def existing(self, codes: Iterable[str]) -> list[str]:
        """Tell which of these codes exist."""
        query = select(links.c.code).where(links.c.code.in_(list(codes)))
        return list((await self._connection.execute(query)).scalars())

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

    async def visited(self, counts: Mapping[str, int]) -> None:
        """Add visits to links, in order of id so that two processes cannot wait for each other."""
        for link, count in sorted(counts.items()):
            await self._connection.execute(
                update(links).where(links.c.id == link).values(visits=links.c.visits + count)
            )

    async def hand_over(self, ids: Iterable[str], to: str, *, is_main: bool) -> None:
        """Give links to another customer record."""
        await self._connection.execute(
            update(links).where(links.c.id.in_(list(ids))).values(advocate_id=to, is_main=is_main)
        )

    async def _shown(self, found: Link, revision: int) -> Link:
        if found.revision == revision:
            return found
        await self._connection.execute(update(links).where(links.c.id == found.id).values(revision=revision))
        return Link(**{**vars(found), "revision": revision})
