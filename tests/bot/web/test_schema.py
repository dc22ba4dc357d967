"""The API against its own description: schemathesis sends what openapi.json allows, and what it does not."""

import asyncio
import threading
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from messages.catalog import Catalog
from tests.bot.web.house import KEY, house


@pytest.fixture(scope="module")
def address(catalog: Catalog) -> Iterator[str]:
    """Serve on a thread of its own: schemathesis calls without a loop."""
    loop = asyncio.new_event_loop()
    found: list[str] = []
    started, ended = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with house(catalog) as home:
            found.append(str(home.client.base_url))
            started.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert started.wait(10)
    yield found[0]
    loop.call_soon_threadsafe(ended.set)
    thread.join(10)
    loop.close()


@pytest.fixture(scope="module")
def described(address: str) -> Any:
    return schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")


OPERATIONS = [
    ("POST", "/events"),
    ("POST", "/vouchers/{code}/redemptions"),
    ("POST", "/customers/{customer}/spendings"),
    ("DELETE", "/customers/{customer}/spendings/{spending}"),
    ("POST", "/customers/{customer}/links"),
    ("GET", "/customers/{customer}"),
    ("GET", "/customers/{customer}/referrals"),
    ("GET", "/customers/{customer}/rewards"),
    ("GET", "/customers/{customer}/stats"),
]
VISITORS = count(1)
BOUNDED = settings(
    max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_every_operation_is_in_the_list(described: Any) -> None:
    found = [result.ok() for result in described.get_all_operations()]
    assert sorted((each.method.upper(), each.path) for each in found) == sorted(OPERATIONS)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_api_keeps_to_its_description(described: Any, method: str, path: str, mode: GenerationMode) -> None:
    operation = described[path][method]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        # What is well described may still be refused: the decimals of a currency, what a refund needs and the check
        # letter of a code are rules that JSON Schema cannot say.
        # Each case comes from an address of its own, as through a proxy: wrong keys are tried too, and are limited.
        headers = {"Authorization": f"Bearer {KEY}", "X-Forwarded-For": f"2001:db8:{next(VISITORS):x}::1"}
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance], timeout=10)

    holds()
