"""Headers: whatever is asked, and however it ends, a browser is told what it may load, frame and pass on."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.routing import BaseRoute, Mount, Route

from tests.bot.web.house import CODE, KEY, NOBODYS_CODE, TOKEN, House

SAMPLES = {"code": CODE, "token": TOKEN, "name": "pages.css", "kind": "busy", "customer": "cus_1"}


def routes_of(app: Any) -> Iterator[BaseRoute]:
    """Find every route of an application, however it is wrapped."""
    while not hasattr(app, "routes"):
        app = next(inner for name in ("_rest", "_app", "app") if (inner := getattr(app, name, None)) is not None)
    for route in app.routes:
        if isinstance(route, Mount):
            for below in routes_of(route.app):
                assert isinstance(below, Route)
                yield Route(route.path + below.path, below.endpoint, methods=list(below.methods or ()))
        else:
            yield route


async def answers_of(home: House) -> list[tuple[str, httpx.Response]]:
    """Ask for every route, rightly and wrongly."""
    found = []
    for route in routes_of(home.app):
        assert isinstance(route, Route)
        right = re.sub(r"\{(\w+)[^}]*\}", lambda name: SAMPLES.get(name[1], "x"), route.path)
        wrong = re.sub(r"\{(\w+)[^}]*\}", NOBODYS_CODE, route.path)
        for path in {right, wrong}:
            for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS"):
                for headers in ({}, {"authorization": f"Bearer {KEY}"}):
                    answer = await home.client.request(method, path, headers=headers)
                    found.append((f"{method} {path}", answer))
    for path in ("/", "/nothing", "/join/", "/static/../x", "/api/v1/nothing", "/api/v2", "/r/x"):
        found.append((path, await home.client.get(path)))
    return found


async def test_every_answer_carries_its_headers(home: House) -> None:
    answers = await answers_of(home)
    assert {answer.status_code for _, answer in answers} >= {200, 401, 403, 404, 405}
    for asked, answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'"), asked
        assert "unsafe" not in policy, asked
        assert answer.headers["x-content-type-options"] == "nosniff", asked
        assert answer.headers["referrer-policy"] == "no-referrer", asked
        assert answer.headers["x-frame-options"] in {"SAMEORIGIN", "DENY"}, asked
        assert "server" not in answer.headers or answer.headers["server"] == "uvicorn", asked
        assert "set-cookie" not in answer.headers, asked


@pytest.mark.parametrize("path", [f"/r/{CODE}", f"/r/{NOBODYS_CODE}"])
async def test_the_redirect_tells_no_one_where_it_came_from(home: House, path: str) -> None:
    answer = await home.client.get(path)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert answer.content == b"" or "content-security-policy" in answer.headers
