"""The shortcut: a known link's visitor is answered as on the long way, and only once the click is committed."""

import asyncio
import re

import pytest

from tests.bot.web.house import CODE, SHOP_CODE, House

_CLICK = re.compile(rb"click=\w+")


class Line:
    """One connection, written and read as bytes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    def ask(self, *lines: str) -> None:
        self._writer.write("\r\n".join([*lines, "Host: grapevine", "User-Agent: Mozilla/5.0", "", ""]).encode())

    async def head(self) -> bytes:
        """Read one answer's head, its click's letters and its date left out."""
        text = await asyncio.wait_for(self._reader.readuntil(b"\r\n\r\n"), 30)
        return re.sub(rb"date: .*\r\n", b"", _CLICK.sub(b"click=*", text))

    def has_heard_nothing(self) -> bool:
        return not vars(self._reader)["_buffer"]

    async def end(self) -> bytes:
        return await asyncio.wait_for(self._reader.read(), 30)

    def close(self) -> None:
        self._writer.close()


async def line(home: House) -> Line:
    url = home.client.base_url
    return Line(*await asyncio.open_connection(url.host, url.port))


@pytest.mark.parametrize("code", [CODE, SHOP_CODE])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("last", ["Connection: keep-alive", "Connection: close"])
async def test_the_short_way_and_the_long_way_answer_alike(home: House, code: str, method: str, last: str) -> None:
    heads = []
    for _ in range(2):  # a link is not known before its first visit
        visitor = await line(home)
        visitor.ask(f"{method} /r/{code} HTTP/1.1", last)
        heads.append(await visitor.head())
        if last.endswith("close"):
            assert await visitor.end() == b""
        visitor.close()
    assert heads[0] == heads[1]
    assert heads[0].startswith(b"HTTP/1.1 302 Found\r\n")
    first, second = home.behind.clicks
    assert first[1:] == second[1:]
    assert first.number < second.number


async def test_a_known_link_starts_no_task_and_waits_for_its_commit(home: House) -> None:
    await home.follow(CODE)
    home.behind.hold = asyncio.Event()
    home.behind.reached.clear()
    visitor = await line(home)
    before = asyncio.all_tasks()
    visitor.ask(f"GET /r/{CODE} HTTP/1.1")
    visitor.ask(f"GET /r/{CODE} HTTP/1.1")  # not waiting for the first answer, as HTTP allows
    await home.behind.reached.wait()
    assert asyncio.all_tasks() <= before
    assert visitor.has_heard_nothing()
    home.behind.hold.set()
    assert b" 302 " in await visitor.head()
    assert b" 302 " in await visitor.head()
    assert len(home.behind.clicks) == 3
    visitor.close()


async def test_a_lost_click_is_owned_up_to_and_the_line_goes_on(home: House) -> None:
    await home.follow(CODE)
    home.behind.failure = OSError("disk")
    lost = await home.follow(CODE)
    home.behind.failure = None
    assert lost.status_code == 503
    assert (await home.follow(CODE)).status_code == 302
    assert len(home.behind.clicks) == 2


async def test_who_goes_away_before_the_commit_takes_nobody_along(home: House) -> None:
    await home.follow(CODE)
    home.behind.hold = asyncio.Event()
    home.behind.reached.clear()
    gone, stays = await line(home), await line(home)
    gone.ask(f"GET /r/{CODE} HTTP/1.1")
    await home.behind.reached.wait()
    gone.close()
    stays.ask(f"GET /r/{CODE} HTTP/1.1")
    home.behind.hold.set()
    assert b" 302 " in await stays.head()
    stays.close()
    assert len(home.behind.clicks) == 3


async def test_the_visitor_behind_our_proxy_is_the_one_who_is_told_apart(home: House) -> None:
    for address in ("203.0.113.7", "203.0.113.7", "203.0.113.8"):
        for _ in range(2):
            await home.follow(CODE, **{"x-forwarded-for": address})
    visitors = [click.visitor for click in home.behind.clicks]
    assert len(set(visitors[:4])) == 1
    assert len(set(visitors)) == 2
    assert visitors[4] == visitors[5]


async def test_what_is_handed_in_while_stopping_is_refused_kindly(home: House) -> None:
    await home.follow(CODE)
    await home.app.stop()
    assert (await home.follow(CODE)).status_code == 503
    assert len(home.behind.clicks) == 1
