"""Links are remembered for seconds, a bounded number of them, and asked for by one at a time."""

import asyncio

from bot.web.links import Links
from tests.bot.web.house import Known


class Register:
    """Where links are looked up."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.free = asyncio.Event()
        self.free.set()
        self.link: Known | None = Known()

    async def find(self, code: str) -> Known | None:
        self.asked.append(code)
        await self.free.wait()
        return self.link


async def test_a_link_is_asked_for_again_when_its_time_is_over() -> None:
    register = Register()
    links = Links(register.find, seconds=0.5)
    assert await links.by_code("A") == Known()
    register.link = Known(revision=4)
    assert await links.by_code("A") == Known()
    await asyncio.sleep(0.6)
    assert await links.by_code("A") == Known(revision=4)
    assert register.asked == ["A", "A"]


async def test_while_one_asks_again_the_others_go_on_with_what_was_known() -> None:
    register = Register()
    links = Links(register.find, seconds=0)
    await links.by_code("A")
    register.free.clear()
    asking = asyncio.gather(links.by_code("A"))
    await asyncio.sleep(0)
    assert await links.by_code("A") == Known()
    register.free.set()
    await asking
    assert register.asked == ["A", "A"]


async def test_guessed_codes_cannot_fill_the_memory() -> None:
    register = Register()
    register.link = None
    links = Links(register.find, limit=3)
    for code in ("A", "B", "C", "D", "D", "A"):
        assert await links.by_code(code) is None
    assert register.asked == ["A", "B", "C", "D", "A"]
