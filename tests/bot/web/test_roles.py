"""What a process serves: pages for the web, the platforms' doors for chats as well, health everywhere."""

import httpx
import pytest

from bot.background import Nursery
from messages.catalog import Catalog
from tests.bot.web.house import BROWSER, CODE, KEY, Behind, make_app, served

PAGES = ("/", f"/join/{CODE}", f"/r/{CODE}", f"/qr/{CODE}.png", "/robots.txt", "/api/v1/openapi.json")
HEALTH = ("/healthz", "/readyz", "/metrics")


@pytest.mark.parametrize(("roles", "pages", "doors"), [("web", 1, 1), ("chat", 0, 1), ("worker", 0, 0)])
async def test_each_role_serves_its_own(catalog: Catalog, roles: str, *, pages: int, doors: int) -> None:
    async def hook(body: bytes, secret: str | None) -> int:
        return 200 if body and secret else 403

    behind, nursery = Behind(), Nursery()
    app = make_app(behind, nursery, catalog, hook=hook, roles=roles)
    headers = {"user-agent": BROWSER, "authorization": f"Bearer {KEY}"}
    async with served(app) as url, httpx.AsyncClient(base_url=url, headers=headers) as visitor:
        for path in HEALTH:
            assert (await visitor.get(path)).status_code == 200, path
        for path in PAGES:
            answer = await visitor.get(path)
            assert (answer.status_code != 404) is bool(pages), (path, answer.status_code)
        posted = await visitor.post("/hooks/telegram", content=b"{}", headers={"x-telegram-bot-api-secret-token": "s"})
        assert (posted.status_code == 200) is bool(doors), posted.status_code
    await nursery.stop()
