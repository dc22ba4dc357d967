"""The pages a visitor sees: who invites, what waits, and kind words for what is not there."""

import io

import httpx
import pytest
from PIL import Image

from bot.web.problems import KINDS, REFUSALS
from handlers.events import ClaimViewed, Event, LandingViewed
from handlers.outcome import Outcome
from messages.catalog import Catalog
from messages.message import Spoken
from referrals.draw import click_token
from referrals.program_file import preset
from storage.errors import Busy, TryAgain
from tests.bot.web.house import CODE, LANDING, NOBODYS_CODE, TOKEN, Behind, House, house
from tests.dialogue import Dialogue
from tests.people import ALICE

CLICK = click_token(1 << 60)


def seen(page: httpx.Response) -> str:
    """Read a page as a person does: without the marks that keep a name's direction of writing to itself."""
    return page.text.replace("\u2068", "").replace("\u2069", "").replace("\xa0", " ")


def showing(**values: object) -> Behind:
    """Make a landing page say something else."""
    return Behind(answer=lambda _: Outcome(reply={**LANDING, **values}))


async def test_the_landing_page_says_who_invites_what_both_get_and_the_terms(home: House) -> None:
    page = await home.client.get(f"/join/{CODE}?click={CLICK}")
    assert page.status_code == 200
    for said in ("Anna invites you to Corner Café", "€5", "Anna gets", "€10", "the end of May", CODE):
        assert said in seen(page)
    assert f'href="https://t.me/example_bot?start=r_{CODE}_{CLICK}"' in seen(page)
    assert f'src="/qr/{CODE}.png" alt="QR code of this invitation' in seen(page)


async def test_the_small_print_is_in_the_readers_language(catalog: Catalog) -> None:
    terms = Spoken({"es": "Un vale por persona.\nSin cambio.", "en": "One voucher each."})
    async with house(catalog, behind=showing(terms=terms)) as home:
        ours, theirs = "Un vale por persona.", "One voucher each."
        for language, said in (("en", theirs), ("es-MX", ours), ("de", theirs)):
            page = await home.client.get(f"/join/{CODE}", headers={"accept-language": language})
            assert said in seen(page)


async def test_a_preview_in_a_chat_has_something_to_show(home: House) -> None:
    page = await home.client.get(f"/join/{CODE}")
    assert '<meta property="og:title" content="Anna invites you to Corner Café">' in seen(page)


@pytest.mark.parametrize("click", ["", "not-a-token", "A" * 4000, "%22%3E%3Cscript%3E"])
async def test_a_click_that_is_none_is_left_out(home: House, click: str) -> None:
    page = await home.client.get(f"/join/{CODE}?click={click}")
    assert f'href="https://t.me/example_bot?start=r_{CODE}"' in seen(page)


async def test_no_script_may_run_and_only_we_may_frame_a_page(home: House) -> None:
    page = await home.client.get(f"/join/{CODE}")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-frame-options"] == "SAMEORIGIN"
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in seen(page)
    assert "style=" not in seen(page)


async def test_a_name_is_shown_and_never_obeyed(catalog: Catalog) -> None:
    names = ["<script>alert(1)</script>", "مريم", "👩‍🚀" * 20, '" onload="x', "*Bold* {{ 7*7 }}", "A" * 4000]
    for name in names:
        async with house(catalog, behind=showing(advocate=name)) as home:
            page = await home.client.get(f"/join/{CODE}")
        assert page.status_code == 200
        assert "<script" not in seen(page)
        assert 'onload="' not in seen(page)
        assert "49" not in page.text.replace("%49", "")


async def test_an_advocate_without_a_name_is_simply_a_friend(catalog: Catalog) -> None:
    async with house(catalog, behind=showing(advocate="")) as home:
        page = await home.client.get(f"/join/{CODE}")
    assert "You are invited to Corner Café" in seen(page)
    assert "Your friend gets" in seen(page)


async def test_a_percentage_is_said_in_words_on_both_pages(unopened: Dialogue) -> None:
    await unopened.opens(preset("demo").replace('amount = "5.00"\n', 'percent = "7.5"\n', 1))
    code = await unopened.code_of(ALICE)
    token = str((await unopened.rings_up(code)).reply["claim_token"])
    # What the stories really reply is what the pages must be able to say.
    for path, event in {
        f"/join/{code}": LandingViewed(**unopened.now(), code=code),
        f"/claim/{token}": ClaimViewed(**unopened.now(), token=token),
    }.items():
        outcome = (await unopened.hears(event)).outcome
        async with house(unopened.catalog, behind=showing(**outcome.reply)) as home:
            page = await home.client.get(path)
        assert page.status_code == 200
        assert "7.5% of the purchase" in seen(page)


async def test_a_side_that_gets_nothing_has_no_card(catalog: Catalog) -> None:
    async with house(catalog, behind=showing(advocate_gets=None)) as home:
        page = await home.client.get(f"/join/{CODE}")
    assert "Anna gets" not in seen(page)


@pytest.mark.parametrize("code", [NOBODYS_CODE, "x", "%00", "a%0Ab", "A" * 3000])
async def test_an_unknown_code_gets_a_kind_page(home: House, code: str) -> None:
    page = await home.client.get(f"/join/{code}")
    assert page.status_code == 404
    assert "We don’t know this code" in seen(page)


async def test_a_program_that_is_over_says_so(catalog: Catalog) -> None:
    async with house(catalog, behind=showing(over=True)) as home:
        page = await home.client.get(f"/join/{CODE}")
    assert page.status_code == 410
    assert "This invitation has ended" in seen(page)


async def test_the_claim_page_shows_what_waits(home: House) -> None:
    page = await home.client.get(f"/claim/{TOKEN}")
    assert page.status_code == 200
    for said in ("Your purchase is waiting for you", "Anna recommended Corner Café", "€19.90", "€5"):
        assert said in seen(page)
    assert f'href="https://t.me/example_bot?start=c_{TOKEN}"' in seen(page)


@pytest.mark.parametrize(
    ("refused", "status", "title"),
    [
        ("unknown-claim", 404, "We don’t know this address"),
        ("claim-used", 410, "Already claimed"),
        ("claim-expired", 410, "This has run out"),
    ],
)
async def test_a_claim_that_cannot_be_made_says_why(catalog: Catalog, refused: str, status: int, title: str) -> None:
    async with house(catalog, behind=Behind(answer=lambda _: Outcome(refused=refused))) as home:
        page = await home.client.get(f"/claim/{TOKEN}")
    assert (page.status_code, title in seen(page)) == (status, True)


async def test_a_token_that_cannot_be_one_asks_nobody(home: House) -> None:
    for token in ("x" * 61, "a-b", "%00", "%F0%9F%8D%87"):
        assert (await home.client.get(f"/claim/{token}")).status_code == 404
    assert home.behind.events == []


@pytest.mark.parametrize("failure", [Busy(), TryAgain()])
async def test_a_busy_house_asks_to_come_again(catalog: Catalog, failure: Exception) -> None:
    def fail(_: Event) -> Outcome:
        raise failure

    async with house(catalog, behind=Behind(answer=fail)) as home:
        page = await home.client.get(f"/join/{CODE}")
    assert (page.status_code, page.headers["retry-after"]) == (503, "1")


async def test_pages_speak_a_language_the_visitor_asks_for_or_ours(home: House) -> None:
    for wanted in ("en-GB,en;q=0.9", "tlh", "*", "x" * 5000, ";q=;q=nan", "de;q=0, en;q=x", "\xff"):
        page = await home.client.get(f"/join/{CODE}", headers={b"accept-language": wanted.encode("latin-1")})
        assert page.status_code == 200
        assert '<html lang="en">' in seen(page)


async def test_a_qr_is_drawn_for_codes_that_exist_and_cached(home: House) -> None:
    png, svg = await home.client.get(f"/qr/{CODE}.png"), await home.client.get(f"/qr/{CODE.lower()}.svg")
    assert png.content.startswith(b"\x89PNG")
    assert svg.text.startswith("<svg")
    assert (png.headers["content-type"], svg.headers["content-type"]) == ("image/png", "image/svg+xml")
    assert png.headers["cache-control"] == "public, max-age=86400"
    again = await home.client.get(f"/qr/{CODE}.png", headers={"if-none-match": png.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert png.headers["etag"] != svg.headers["etag"]
    assert (await home.client.get(f"/qr/{NOBODYS_CODE}.png")).status_code == 404
    assert (await home.client.get("/qr/x.svg")).status_code == 404


async def test_the_style_sheet_is_named_by_version_and_kept(home: House) -> None:
    page = await home.client.get(f"/join/{CODE}")
    address = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    sheet = await home.client.get(address)
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in sheet.headers["cache-control"]
    assert (await home.client.get("/static/../pages.py")).status_code == 404
    assert (await home.client.get("/static/secrets.txt")).status_code == 404


async def test_the_root_says_what_this_is(home: House) -> None:
    page = await home.client.get("/")
    assert page.status_code == 200
    assert "word of mouth" in seen(page)


async def test_looking_at_a_page_dispatches_one_read(home: House) -> None:
    await home.client.get(f"/join/{CODE.lower()}")
    (event,) = home.behind.events
    assert isinstance(event, LandingViewed)
    assert event.code == CODE


async def test_the_address_of_every_type_of_problem_explains_it(home: House) -> None:
    heads = set()
    for kind in {*KINDS, *REFUSALS}:
        english = await home.client.get(f"/problems/{kind}")
        spanish = await home.client.get(f"/problems/{kind}", headers={"accept-language": "es"})
        assert (english.status_code, spanish.status_code) == (200, 200)
        status = KINDS.get(kind) or REFUSALS[kind].status
        assert f"with the status {status}" in seen(english)
        assert "<script" not in english.text
        heads |= {seen(page).partition("<h1>")[2].partition("</h1>")[0] for page in (english, spanish)}
    titles = {f"problem-{kind}" for kind in KINDS} | {refusal.title for refusal in REFUSALS.values()}
    # "There is nothing here" and its like are one sentence under two names at most.
    assert len(heads) >= 2 * len(titles) - 2
    assert "" not in heads


async def test_a_type_of_problem_that_is_none_is_not_there(home: House) -> None:
    assert (await home.client.get("/problems/bad-luck")).status_code == 404


async def test_a_browser_finds_an_icon_where_it_looks_for_one(home: House) -> None:
    answer = await home.client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/x-icon")
    assert Image.open(io.BytesIO(answer.content)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}
