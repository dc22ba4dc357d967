"""The API: what the business reports, redeems and reads, and how it is told no."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import handlers
from bot.web import wire
from bot.web.problems import KINDS, OWN_ERRORS, REFUSALS
from handlers.events import CustomerViewed, Event, EventReported, SignInRequested, VoucherRedeemed
from handlers.outcome import Outcome
from messages.catalog import Catalog
from messages.message import Message
from referrals.identity import Identity
from referrals.money import Amount
from storage.errors import Busy
from tests.bot.web.house import CODE, TIME, TOKEN, VOUCHER, Behind, House, house, seen

PURCHASE = {
    "id": "order-1",
    "type": "purchase",
    "customer": {
        "identities": [
            {"platform": "email", "id": "Ben.Doe@Example.com"},
            {"platform": "phone", "id": "+49 151 1234 5678"},
            {"platform": "shop", "id": "77"},
        ],
        "attributes": {"first_name": "Ben", "plan": "gold"},
    },
    "amount": "19.90",
    "currency": "EUR",
    "code": CODE.lower(),
    "occurred_at": "2026-11-22T13:00:00+01:00",
    "properties": {"basket": [{"sku": "a1", "n": 2}]},
}


def refusing(code: str, reply: Mapping[str, object] | None = None) -> Behind:
    """Refuse whatever comes."""
    said = Message(key="pages.notice-home-title")
    return Behind(answer=lambda _: Outcome(refused=code, reply=reply or {}, answers=(said,)))


async def test_a_purchase_becomes_an_event(home: House) -> None:
    answer = await home.post("/events", PURCHASE)
    (event,) = home.behind.events
    assert answer.status_code == 200
    assert isinstance(event, EventReported)
    assert (event.source, event.id, event.type, event.at, event.occurred_at) == (
        "api",
        "order-1",
        "purchase",
        TIME,
        TIME,
    )
    assert event.identities == (
        Identity("email", "ben.doe@example.com"),
        Identity("phone", "+4915112345678"),
        Identity("shop", "77"),
    )
    assert (event.first_name, event.attributes) == ("Ben", {"plan": "gold"})
    assert (event.amount, event.code) == (Amount(1990, "EUR"), CODE)
    assert event.properties == {"basket": [{"sku": "a1", "n": 2}]}


async def test_the_answer_is_the_decision_in_plain_words(home: House) -> None:
    answer = (await home.post("/events", PURCHASE)).json()
    assert answer == {
        "event": "evt_1",
        "outcome": "recorded",
        "summary": "Good things travel by word of mouth",
        "decision": None,
        "referral": None,
        "rewards": [],
        "claim_url": None,
        "customer": "cus_1",
    }


async def test_an_unclaimed_purchase_answers_with_the_address_to_show(catalog: Catalog) -> None:
    behind = Behind(answer=lambda _: Outcome(reply={"event": "evt_1", "outcome": "unclaimed", "claim_token": TOKEN}))
    async with house(catalog, behind=behind) as home:
        body = {"id": "1", "type": "purchase", "amount": "20", "currency": "EUR", "code": CODE}
        answer = (await home.post("/events", body)).json()
    assert answer["claim_url"] == f"https://refer.example/claim/{TOKEN}"
    assert "claim_token" not in answer


async def test_the_same_facts_in_another_order_have_the_same_fingerprint(home: House) -> None:
    await home.post("/events", PURCHASE)
    await home.post("/events", dict(reversed(PURCHASE.items())))
    await home.post("/events", PURCHASE | {"amount": "19.91"})
    first, again, other = (event.body_hash for event in home.behind.events if isinstance(event, EventReported))
    assert first == again != other
    assert re.fullmatch("[0-9a-f]{64}", first)


async def test_a_refund_names_its_purchase(home: House) -> None:
    body = {"id": "r1", "type": "refund", "refers_to": "order-1", "amount": "5.00", "currency": "EUR"}
    assert (await home.post("/events", body)).status_code == 200
    (event,) = home.behind.events
    assert isinstance(event, EventReported)
    assert (event.refers_to, event.amount) == ("order-1", Amount(500, "EUR"))


async def test_names_of_any_script_are_welcome(home: House) -> None:
    for name in ("Zoë", "مريم", "👩‍🚀", "李小龍", "O'Brien-Smith"):
        customer = {"identities": [{"platform": "shop", "id": "1"}], "attributes": {"first_name": name}}
        answer = await home.post("/events", {"id": "1", "type": "signup", "customer": customer})
        assert answer.status_code == 200
    names = [event.first_name for event in home.behind.events if isinstance(event, EventReported)]
    assert names == ["Zoë", "مريم", "👩‍🚀", "李小龍", "O'Brien-Smith"]


async def test_a_voucher_is_redeemed_with_an_idempotency_key(home: House) -> None:
    typed = f"{VOUCHER[:4]}-{VOUCHER[4:8]}-{VOUCHER[8:]}".lower()
    path = f"/vouchers/{typed}/redemptions"
    body = {"cashier": "Carol", "place": "Main Street"}
    assert (await home.post(path, body, idempotency_key="k1")).json()["voucher"] == "redeemed"
    assert (await home.client.post(f"/api/v1{path}")).status_code == 401
    (event,) = home.behind.events
    assert isinstance(event, VoucherRedeemed)
    assert (event.code, event.key, event.cashier, event.place) == (VOUCHER, "k1", "Carol", "Main Street")


async def test_a_redemption_needs_no_body(home: House) -> None:
    headers = {"authorization": "bearer k-correct-horse", "idempotency-key": "k1"}
    answer = await home.client.post(f"/api/v1/vouchers/{VOUCHER}/redemptions", headers=headers)
    assert answer.status_code == 200


async def test_customers_are_read_part_by_part(home: House) -> None:
    for path, part in (("", "customer"), ("/referrals", "referrals"), ("/rewards", "rewards"), ("/stats", "stats")):
        assert (await home.get(f"/customers/cus_1{path}")).json() == wire.plain(seen("cus_1", part))
    viewed = [event for event in home.behind.events if isinstance(event, CustomerViewed)]
    assert [event.part for event in viewed] == ["customer", "referrals", "rewards", "stats"]


async def test_a_sign_in_link_is_made(home: House) -> None:
    answer = await home.post("/customers/cus_1/links", {})
    assert answer.json() == {"url": f"https://t.me/example_bot?start=l_{TOKEN}", "expires_at": "2026-11-22T12:00:00Z"}
    assert isinstance(home.behind.events[0], SignInRequested)


@pytest.mark.parametrize("code", list(REFUSALS))
async def test_every_refusal_is_a_problem_with_words(catalog: Catalog, code: str) -> None:
    async with house(catalog, behind=refusing(code)) as home:
        answer = await home.post("/events", PURCHASE)
    problem = answer.json()
    assert answer.status_code == problem["status"] == REFUSALS[code].status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"/problems/{code}"
    assert problem["title"]
    assert problem["detail"] == "Good things travel by word of mouth"


async def test_a_redeemed_voucher_tells_who_where_and_when(catalog: Catalog) -> None:
    told = {"cashier": "Carol", "place": "Main Street", "redeemed_at": TIME, "code": "voucher-redeemed"}
    async with house(catalog, behind=refusing("voucher-redeemed-at-time", told)) as home:
        answer = await home.post(f"/vouchers/{VOUCHER}/redemptions", {}, idempotency_key="k2")
    problem = answer.json()
    assert (problem["status"], problem["type"]) == (409, "/problems/voucher-redeemed")
    assert (problem["cashier"], problem["place"]) == ("Carol", "Main Street")
    assert problem["redeemed_at"] == "2026-11-22T12:00:00Z"


async def test_a_refusal_nobody_listed_is_still_a_problem(catalog: Catalog) -> None:
    async with house(catalog, behind=refusing("something-new")) as home:
        answer = await home.post("/events", PURCHASE)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/something-new")


def test_every_refusal_of_a_handler_is_listed() -> None:
    folder = Path(handlers.__file__).parent
    source = "".join(file.read_text() for file in folder.glob("*.py"))
    raised = set(re.findall(r'Refused\("([a-z-]+)"', source))
    not_over_the_api = {"unknown-merge", "last-owner", "unknown-member", "unknown-role"}
    not_over_the_api |= {"unknown-delivery", "delivery-settled", "unknown-reward", "reward-over", "reward-not-over"}
    not_over_the_api |= {"given-again-already", "codes-by-hand", "unknown-campaign", "unknown-appeal", "appeal-settled"}
    assert raised - not_over_the_api <= set(REFUSALS)


def test_every_problem_has_its_words(catalog: Catalog) -> None:
    names = [f"problem-{kind}" for kind in KINDS] + [refusal.title for refusal in REFUSALS.values()]
    texts = Path(handlers.__file__).parent.parent / "messages" / "en" / "pages.ftl"
    written = set(re.findall(r"^([a-z-]+) =", texts.read_text(encoding="utf-8"), re.MULTILINE))
    assert {name + suffix for name in names for suffix in ("", "-detail")} <= written
    assert {f"field-{name}" for name in OWN_ERRORS} <= written
    assert catalog.languages[0] == "en"


async def test_a_busy_house_answers_503_and_when_to_come_again(catalog: Catalog) -> None:
    def fail(_: Event) -> Outcome:
        raise Busy

    async with house(catalog, behind=Behind(answer=fail)) as home:
        answer = await home.post("/events", PURCHASE)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["type"] == "/problems/busy"


async def test_without_the_key_nothing_is_open(home: House) -> None:
    for given in ("", "Bearer", "Bearer wrong", "Basic k-correct-horse", "k-correct-horse"):
        answer = await home.client.post("/api/v1/events", json=PURCHASE, headers={"authorization": given})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.json()["type"] == "/problems/wrong-api-key"
    assert home.behind.events == []


async def test_until_a_key_is_set_the_answer_says_how(catalog: Catalog) -> None:
    async with house(catalog, api_key=None) as home:
        answer = await home.client.get("/api/v1/customers/cus_1", headers={"authorization": "Bearer"})
    assert answer.status_code == 401
    assert "GRAPEVINE_API_KEY" in answer.json()["detail"]


async def test_the_description_is_open_and_names_every_route(home: House) -> None:
    description = (await home.client.get("/api/v1/openapi.json")).json()
    assert set(description["paths"]) == {
        "/events",
        "/vouchers/{code}/redemptions",
        "/customers/{customer}",
        "/customers/{customer}/referrals",
        "/customers/{customer}/rewards",
        "/customers/{customer}/stats",
        "/customers/{customer}/links",
        "/customers/{customer}/spendings",
        "/customers/{customer}/spendings/{spending}",
    }
    assert description["servers"] == [{"url": "/api/v1"}]


@pytest.mark.parametrize("path", ["/nowhere", "", "/docs", "/events/"])
async def test_what_is_not_there_is_a_problem(home: House, path: str) -> None:
    answer = await home.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


async def test_a_wrong_method_names_the_right_ones(home: House) -> None:
    answer = await home.get("/events")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["type"] == "/problems/wrong-method"
