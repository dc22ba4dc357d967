"""Bad input: refused with the field's name, and nothing is dispatched."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import pytest_asyncio

from messages.catalog import Catalog
from tests.bot.web.house import CODE, KEY, VOUCHER, House, house

BEN = {"identities": [{"platform": "shop", "id": "77"}]}
PURCHASE: Mapping[str, Any] = {
    "id": "order-1",
    "type": "purchase",
    "customer": BEN,
    "amount": "19.90",
    "currency": "EUR",
}
REFUND: Mapping[str, Any] = {"id": "r1", "type": "refund", "refers_to": "order-1", "amount": "1", "currency": "EUR"}


# One server for the whole table: what it was told is forgotten before each row.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(catalog: Catalog) -> AsyncIterator[House]:
    async with house(catalog) as running:
        yield running


@pytest.fixture
def home(shared: House) -> House:
    shared.behind.events.clear()
    return shared


def known_as(platform: Any, subject: Any) -> Mapping[str, Any]:
    return {"customer": {"identities": [{"platform": platform, "id": subject}]}}


def with_attributes(**attributes: Any) -> Mapping[str, Any]:
    return {"customer": {**BEN, "attributes": attributes}}


CASES: list[tuple[Mapping[str, Any], str]] = [
    # oversized, empty, mistyped
    ({"id": "x" * 129}, "id"),
    ({"id": ""}, "id"),
    ({"id": 7}, "id"),
    ({"id": None}, "id"),
    ({"type": "Purchase!"}, "type"),
    ({"type": "a" * 65}, "type"),
    ({"type": "purchase\n"}, "type"),
    ({"source": "Shop"}, "source"),
    ({"colour": "red"}, "colour"),
    ({"customer": "Ben"}, "customer"),
    ({"customer": {}}, "customer.identities"),
    ({"customer": {"identities": []}}, "customer.identities"),
    ({"customer": {"identities": [{"platform": "shop", "id": str(n)} for n in range(9)]}}, "customer.identities"),
    ({"customer": {**BEN, "name": "Ben"}}, "customer.name"),
    (known_as("Shop", "1"), "customer.identities.0.platform"),
    (known_as("shop", 1), "customer.identities.0.id"),
    (known_as("email", "ben@"), "customer.identities.0.id"),
    (known_as("email", "ben@example.com\nbcc: all"), "customer.identities.0.id"),
    (known_as("phone", "0151 123"), "customer.identities.0.id"),
    (known_as("phone", "+49"), "customer.identities.0.id"),
    (known_as("telegram", "abc"), "customer.identities.0.id"),
    (known_as("telegram", "-1001"), "customer.identities.0.id"),
    (known_as("telegram", "01001"), "customer.identities.0.id"),
    (known_as("telegram", "١٠٠١"), "customer.identities.0.id"),
    (known_as("slack", "foo bar"), "customer.identities.0.id"),
    (known_as("slack", "U0123ABCD"), "customer.identities.0.id"),
    # control characters, and those that turn a line around
    ({"id": "a\u0000b"}, "id"),
    ({"id": "a\u0085b"}, "id"),
    ({"id": "a\u202eb"}, "id"),
    ({"code": "K7QM\u00002X4R"}, "code"),
    ({"code": f"{CODE}\n"}, "code"),
    (with_attributes(first_name="Be\u001bn"), "customer.attributes.first_name"),
    (with_attributes(first_name="\u202eneB"), "customer.attributes.first_name"),
    (with_attributes(first_name="n" * 4000), "customer.attributes.first_name"),
    (with_attributes(first_name="n" * 65), "customer.attributes.first_name"),
    (with_attributes(first_name=["Ben"]), "customer.attributes.first_name"),
    (with_attributes(**{"Plan B": "x"}), "customer.attributes.Plan B"),
    (with_attributes(**{f"a{n}": "x" for n in range(51)}), "customer.attributes"),
    ({"properties": {"note": "a\u0000b"}}, "properties"),
    ({"properties": {"a\u0000b": {"deep": 1}}}, "properties"),
    ({"properties": {f"p{n}": n for n in range(51)}}, "properties"),
    ({"properties": {"note": "x" * 8192}}, "properties"),
    ({"properties": ["x"]}, "properties"),
    # amounts
    ({"amount": 19.9}, "amount"),
    ({"amount": 20}, "amount"),
    ({"amount": "-19.90"}, "amount"),
    ({"amount": "+19.90"}, "amount"),
    ({"amount": "1e3"}, "amount"),
    ({"amount": "19,90"}, "amount"),
    ({"amount": "١٩.٩٠"}, "amount"),
    ({"amount": "19.901"}, "amount"),
    ({"amount": "99999999999999"}, "amount"),
    ({"amount": "NaN"}, "amount"),
    ({"amount": " 1"}, "amount"),
    ({"amount": "9" * 4000}, "amount"),
    ({"amount": None}, "amount"),
    ({"amount": "0.5", "currency": "JPY"}, "amount"),
    ({"currency": "EURO"}, "currency"),
    ({"currency": "XXX"}, "currency"),
    ({"currency": "eur"}, "currency"),
    ({"currency": None}, "currency"),
    # codes and clicks
    ({"code": "AAAAAAAA"}, "code"),
    ({"code": "🍇🍇🍇🍇🍇🍇🍇🍇"}, "code"),
    ({"code": "A" * 4000}, "code"),
    ({"click": "not a click"}, "click"),
    ({"click": "zzzzzzzzzzz"}, "click"),
    # time
    ({"occurred_at": "yesterday"}, "occurred_at"),
    ({"occurred_at": "2026-11-22"}, "occurred_at"),
    ({"occurred_at": "2026-11-22T12:00:00"}, "occurred_at"),
    ({"occurred_at": 1790000000}, "occurred_at"),
    ({"occurred_at": "2026-11-22T12:05:01Z"}, "occurred_at"),
    ({"occurred_at": "9999-12-31T23:59:59-23:59"}, "occurred_at"),
    ({"occurred_at": "1999-12-31T23:59:59Z"}, "occurred_at"),
    ({"occurred_at": "0001-01-01T00:00:00+23:59"}, "occurred_at"),
    # what only shows when fields are seen together
    ({"customer": None}, "customer"),
    ({"type": "signup", "customer": None, "code": CODE}, "customer"),
    ({"refers_to": "order-0"}, "refers_to"),
    ({"type": "signup", "amount": None}, "amount"),
]


@pytest.mark.parametrize(
    ("change", "field"), CASES, ids=lambda value: str(value)[:60].encode("ascii", "replace").decode()
)
async def test_a_bad_event_names_the_field(home: House, change: Mapping[str, Any], field: str) -> None:
    answer = await home.post("/events", {**PURCHASE, **change})
    problem = answer.json()
    assert (answer.status_code, problem["type"], problem.get("field")) == (422, "/problems/bad-input", field)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["detail"]
    assert home.behind.events == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"refers_to": None}, "refers_to"),
        ({"code": CODE}, "code"),
        ({"click": "Qx"}, "click"),
        ({"amount": "0.00"}, "amount"),
        ({"amount": None, "currency": None}, "amount"),
    ],
)
async def test_a_bad_refund_names_the_field(home: House, change: Mapping[str, Any], field: str) -> None:
    answer = await home.post("/events", {**REFUND, **change})
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert home.behind.events == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"null", 422),
        (b"[]", 422),
        (b'"text"', 422),
        (b"{", 400),
        (b'{"id": "a", "id": "b"}', 400),
        (b'{"properties": {"n": NaN}}', 400),
        (b'{"properties": {"n": 1e999}}', 400),
        (b'{"properties": {"n": ' + b"9" * 5000 + b"}}", 400),
        (b'{"id": "\\ud800"}', 400),
        (b'{"id": "\xff"}', 400),
        ("{}".encode("utf-16"), 400),
        (b"[" * 30_000, 400),
        (b'{"properties":' + b'{"a":' * 20 + b"1" + b"}" * 21, 400),
        (b'"' + b'\\"' * 30_000, 400),
    ],
    ids=str,
)
async def test_what_is_not_our_json_is_refused(home: House, body: bytes, status: int) -> None:
    headers = {"authorization": f"Bearer {KEY}", "content-type": "application/json"}
    answer = await home.client.post("/api/v1/events", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert home.behind.events == []


async def test_a_body_above_64_kib_is_refused_whatever_its_headers_say(home: House) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 8192

    headers = {"authorization": f"Bearer {KEY}", "content-type": "application/json"}
    for content in (b" " * (64 * 1024 + 1), in_pieces()):
        answer = await home.client.post("/api/v1/events", content=content, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert home.behind.events == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
async def test_another_content_type_is_refused(home: House, kind: str) -> None:
    headers = {"authorization": f"Bearer {KEY}", "content-type": kind}
    answer = await home.client.post("/api/v1/events", content=json.dumps(PURCHASE), headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/wrong-content-type")


@pytest.mark.parametrize(
    ("code", "key", "body", "field"),
    [
        ("AAAAAAAAAAAA", "k", {}, "code"),
        (f"{VOUCHER[:-1]}%00", "k", {}, "code"),
        (f"{VOUCHER}%1B", "k", {}, "code"),
        ("x", "k", {}, "code"),
        ("A" * 5000, "k", {}, "code"),
        (VOUCHER, None, {}, "Idempotency-Key"),
        (VOUCHER, "", {}, "Idempotency-Key"),
        (VOUCHER, "k" * 129, {}, "Idempotency-Key"),
        (VOUCHER, "with space", {}, "Idempotency-Key"),
        (VOUCHER, "k", {"cashier": "c" * 65}, "cashier"),
        (VOUCHER, "k", {"cashier": "Ca\u0000rol"}, "cashier"),
        (VOUCHER, "k", {"place": 5}, "place"),
        (VOUCHER, "k", {"till": "1"}, "till"),
    ],
)
async def test_a_bad_redemption_names_the_field(
    home: House, code: str, key: str | None, body: Mapping[str, Any], field: str
) -> None:
    headers = {"idempotency_key": key} if key is not None else {}
    answer = await home.post(f"/vouchers/{code}/redemptions", body, **headers)
    assert (answer.status_code, answer.json().get("field")) == (422, field)
    assert home.behind.events == []


@pytest.mark.parametrize("customer", ["a%00b", "%F0%9F%8D%87", "x" * 65, "a%20b", "a'--"])
async def test_a_bad_customer_id_names_the_field(home: House, customer: str) -> None:
    answer = await home.get(f"/customers/{customer}/rewards")
    assert (answer.status_code, answer.json()["field"]) == (422, "customer")
    assert home.behind.events == []


async def test_several_mistakes_are_listed(home: House) -> None:
    answer = await home.post("/events", {"id": "", "type": "!", "customer": BEN})
    problem = answer.json()
    assert problem["field"] == "id"
    assert [error["field"] for error in problem["errors"]] == ["id", "type"]
    assert all(error["detail"] for error in problem["errors"])
