"""Health, headers and the doors of platforms."""

from collections.abc import AsyncIterator

import pytest
import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from handlers.events import Event
from handlers.outcome import Outcome
from messages.catalog import Catalog
from tests.bot.web.house import CODE, KEY, TOKEN, Behind, House, house


async def test_alive_and_ready(home: House) -> None:
    assert (await home.client.get("/healthz")).json() == {"status": "alive"}
    assert (await home.client.get("/readyz")).json() == {"status": "ready"}


async def test_not_ready_says_what_is_missing(home: House) -> None:
    home.behind.missing = ["migrations", "telegram"]
    answer = await home.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "waiting_for": ["migrations", "telegram"]}


async def test_numbers_are_for_this_machine_or_with_the_key(home: House) -> None:
    await home.follow(CODE)
    await home.client.get(f"/join/{CODE}")
    await home.get("/customers/cus_1/stats")
    answer = await home.client.get("/metrics")
    assert 'grapevine_clicks_total{counted="yes"} 1.0' in answer.text
    assert 'route="/join/{code}",status="200"' in answer.text
    assert 'route="/api/v1/customers/{customer}/stats",status="200"' in answer.text
    assert CODE not in answer.text
    forwarded = {"x-forwarded-for": "203.0.113.7"}
    assert (await home.client.get("/metrics", headers=forwarded)).status_code == 403
    with_key = forwarded | {"authorization": f"Bearer {KEY}"}
    assert (await home.client.get("/metrics", headers=with_key)).status_code == 200


async def test_a_page_whose_name_was_bent_to_this_machine_reads_no_numbers(home: House) -> None:
    for host in ("refer.example", "127.0.0.1.example:80", "localhost.example", "[::1", ""):
        assert (await home.client.get("/metrics", headers={"host": host})).status_code == 403
    for host in ("localhost:8080", "127.0.0.1", "[::1]:80"):
        assert (await home.client.get("/metrics", headers={"host": host})).status_code == 200
    with_key = {"host": "refer.example", "authorization": f"Bearer {KEY}"}
    assert (await home.client.get("/metrics", headers=with_key)).status_code == 200


async def test_without_a_key_no_header_opens_the_numbers(catalog: Catalog) -> None:
    async with house(catalog, api_key=None) as home:
        for given in ("Bearer", "Bearer None", ""):
            headers = {"forwarded": "for=203.0.113.7", "authorization": given}
            assert (await home.client.get("/metrics", headers=headers)).status_code == 403


async def test_an_update_of_telegram_is_handed_on_with_its_secret(home: House) -> None:
    secret = {"x-telegram-bot-api-secret-token": "s3cret"}
    good = await home.client.post("/hooks/telegram", content=b'{"update_id": 1}', headers=secret)
    bad = await home.client.post("/hooks/telegram", content=b"{}")
    assert (good.status_code, bad.status_code) == (200, 403)
    assert home.behind.updates == [(b'{"update_id": 1}', "s3cret"), (b"{}", None)]
    assert (await home.client.get("/hooks/telegram")).status_code == 405


async def test_an_update_larger_than_any_is_refused_unread(home: House) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    for content in (b"x" * (1024 * 1024 + 1), endless()):
        answer = await home.client.post("/hooks/telegram", content=content)
        assert answer.status_code == 413
    assert home.behind.updates == []


async def test_the_root_leads_to_the_playground_where_there_is_one(catalog: Catalog) -> None:
    async def play(_: Request) -> Response:
        return PlainTextResponse("played", headers={"content-security-policy": "script-src 'self'"})

    async with house(catalog, playground=[Route("/playground", play)]) as home:
        root = await home.client.get("/")
        page = await home.client.get("/playground")
    assert (root.status_code, root.headers["location"]) == (307, "/playground")
    assert page.headers["content-security-policy"] == "script-src 'self'"
    assert page.headers["x-content-type-options"] == "nosniff"


async def test_the_log_holds_templates_and_no_secrets(home: House) -> None:
    with structlog.testing.capture_logs() as lines:
        await home.client.get(f"/join/{CODE}?click=abc")
        await home.client.get(f"/claim/{TOKEN}")
        await home.client.get(f"/nowhere/{TOKEN}")
        await home.get("/customers/cus_secret")
        await home.client.get("/healthz")
    assert [line["route"] for line in lines] == [
        "/join/{code}",
        "/claim/{token}",
        "unmatched",
        "/api/v1/customers/{customer}",
    ]
    assert not any(secret in str(lines) for secret in (CODE, TOKEN, "cus_secret", "abc"))


@pytest.mark.parametrize("path", ["/nowhere", "/join", "/join/", "/healthz/", "/.env", "/docs"])
async def test_what_is_not_there_is_a_page(home: House, path: str) -> None:
    page = await home.client.get(path)
    assert page.status_code == 404
    assert "There is nothing here" in page.text


async def test_a_failure_of_ours_shows_nothing_of_it(catalog: Catalog) -> None:
    def fail(_: Event) -> Outcome:
        raise ZeroDivisionError("secret detail")

    async with house(catalog, behind=Behind(answer=fail)) as home:
        page = await home.client.get(f"/join/{CODE}")
        problem = await home.get("/customers/cus_1")
    assert (page.status_code, problem.status_code) == (500, 500)
    assert "secret detail" not in page.text + problem.text
    assert problem.json()["type"] == "/problems/broken"
