"""The redirect: records the click durably, then sends the visitor on."""

import asyncio
from datetime import timedelta

import pytest

from bot.web.redirect import where_to
from referrals.draw import click_token, read_click_token
from tests.bot.web.house import CODE, NOBODYS_CODE, SHOP_CODE, TIME, House


async def test_a_visitor_is_recorded_and_goes_on_to_the_landing_page(home: House) -> None:
    answer = await home.follow(CODE)
    (click,) = home.behind.clicks
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/join/{CODE}?click={click_token(click.number)}"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert (click.link_id, click.revision, click.at, click.source) == ("lnk_anna", 3, TIME, "direct")
    assert click.is_counted
    assert len(click.visitor) == 16


async def test_a_program_sends_visitors_to_its_shop_with_code_and_click(home: House) -> None:
    answer = await home.follow(SHOP_CODE)
    click = click_token(home.behind.clicks[0].number)
    expected = f"https://shop.example/start?lang=en&ref={SHOP_CODE}&click={click}#top"
    assert answer.headers["location"] == expected


def test_a_shop_without_a_query_gets_one() -> None:
    assert where_to("https://shop.example", "K7", "Q") == "https://shop.example?ref=K7&click=Q"


@pytest.mark.parametrize("typed", [CODE.lower(), f"{CODE[:4]}-{CODE[4:]}", f"{CODE[:4]}%20{CODE[4:]}"])
async def test_a_code_may_be_typed_carelessly(home: House, typed: str) -> None:
    assert (await home.follow(typed)).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        NOBODYS_CODE,
        "",
        "x",
        CODE[:-1],
        f"{CODE}/",
        f"{CODE}%0A",
        f"{CODE[:4]}%00{CODE[4:]}",
        "%F0%9F%8D%87",
        "A" * 4000,
    ],
)
async def test_an_unknown_code_gets_a_kind_page_and_no_row(home: House, typed: str) -> None:
    answer = await home.follow(typed)
    assert answer.status_code == 404
    assert "We don’t know this code" in answer.text
    assert home.behind.clicks == []


@pytest.mark.parametrize(
    "agent", ["TelegramBot (like TwitterBot)", "Slackbot-LinkExpanding 1.0", "WhatsApp/2.23", "curl/8.4", ""]
)
async def test_robots_and_previews_are_recorded_and_not_counted(home: House, agent: str) -> None:
    answer = await home.client.get(f"/r/{CODE}", headers={"user-agent": agent})
    assert answer.status_code == 302
    assert [click.is_counted for click in home.behind.clicks] == [False]


async def test_head_and_prefetch_are_not_counted(home: House) -> None:
    agent = {"user-agent": "Mozilla/5.0 Firefox/145.0"}
    head = await home.client.head(f"/r/{CODE}", headers=agent)
    await home.client.get(f"/r/{CODE}", headers=agent | {"sec-purpose": "prefetch;prerender"})
    assert head.status_code == 302
    assert [click.is_counted for click in home.behind.clicks] == [False, False]


async def test_other_methods_are_refused(home: House) -> None:
    answer = await home.client.post(f"/r/{CODE}")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert home.behind.clicks == []


async def test_the_answer_waits_for_its_commit_and_those_who_queue_share_one(home: House) -> None:
    home.behind.hold = asyncio.Event()
    first = asyncio.gather(home.follow(CODE))
    await home.behind.reached.wait()
    others = asyncio.gather(*(home.follow(CODE) for _ in range(20)))
    # Each visit is dated when it arrives.
    async with asyncio.timeout(30):
        while home.clock.reads < 21:  # noqa: ASYNC110 - the clock counts, and tells nobody
            await asyncio.sleep(0.01)
    assert not first.done()
    home.behind.hold.set()
    answers = [*await first, *await others]
    assert {answer.status_code for answer in answers} == {302}
    assert [len(batch) for batch in home.behind.batches] == [1, 20]


async def test_a_failed_commit_is_answered_503_and_the_next_click_works(home: House) -> None:
    home.behind.failure = OSError("disk full")
    answers = await asyncio.gather(*(home.follow(CODE) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {503}
    assert answers[0].headers["retry-after"] == "1"
    home.behind.failure = None
    assert (await home.follow(CODE)).status_code == 302


async def test_click_numbers_rise_and_can_be_read_back(home: House) -> None:
    answers = [await home.follow(CODE) for _ in range(5)]
    tokens = [answer.headers["location"].partition("click=")[2] for answer in answers]
    numbers = [read_click_token(token) for token in tokens]
    assert numbers == [click.number for click in home.behind.clicks]
    assert len(set(numbers)) == 5


async def test_a_popular_code_is_looked_up_once_known_or_not(home: House) -> None:
    for _ in range(3):
        await home.follow(CODE)
        await home.follow(NOBODYS_CODE)
    assert home.behind.lookups == [CODE, NOBODYS_CODE]


async def test_a_visitor_is_the_same_within_a_day_and_another_the_next(home: House) -> None:
    await home.follow(CODE)
    await home.follow(CODE)
    await home.follow(CODE, **{"user-agent": "Mozilla/5.0 (another)"})
    home.clock.move(timedelta(days=1))
    await home.follow(CODE)
    first, again, other, tomorrow = (click.visitor for click in home.behind.clicks)
    assert first == again
    assert len({first, other, tomorrow}) == 3


async def test_placement_and_referrer_name_the_source(home: House) -> None:
    await home.follow(f"{CODE}?s=poster")
    await home.follow(f"{CODE}?s=<script>", referer="https://l.instagram.com/?u=x")
    await home.follow(CODE, referer="android-app://org.telegram.messenger/")
    await home.follow(CODE, referer="https://blog.example/post")
    await home.follow(CODE, referer="http://[broken")
    assert [click.source for click in home.behind.clicks] == ["poster", "instagram", "telegram", "other", "other"]
