"""`grapevine broadcast`: write to a segment of the customers, after saying whom that reaches and who is left out."""

import asyncio
import sys
from collections.abc import Mapping
from datetime import timedelta
from difflib import get_close_matches
from typing import Annotated, Any, NoReturn

import typer

from bot.cli.opening import opened, told
from bot.cli.preview import preview
from bot.cli.reach import described
from bot.cli.starting import complain, read_settings, told_in_words
from bot.clock import Clock
from bot.peace import quiet_hours
from bot.settings import Settings
from handlers.broadcasting import BUTTONS
from handlers.events import CampaignBegun, CampaignWeighed, Plan
from messages.announced import TextRefused, check_text
from messages.catalog import Catalog
from messages.codec import decode_message
from messages.message import Announced
from referrals.segments import SegmentError, read_segment
from storage.campaigns import CANCELLED, Campaign
from storage.customers import CHATS

ASKED_BY = "the command line"
# Among so many of the newest, words that were sent before are looked for.
REMEMBERED = 20
# A worker says every few seconds that it is alive.
SEEN_WITHIN = timedelta(minutes=1)

SEGMENT_HELP = (
    'Whom it is for, such as "referrals>=1 and language=es and not rewarded"; left out, it is for everybody who agreed '
    "to news. docs/broadcasts.md lists the words."
)
TEXT_HELP = "What they read, in the language of GRAPEVINE_LANGUAGE; --text-es and so on for other languages."


def broadcast(
    context: typer.Context,
    *,
    text: Annotated[str, typer.Option(help=TEXT_HELP)] = "",
    segment: Annotated[str, typer.Option(help=SEGMENT_HELP)] = "",
    button: Annotated[str, typer.Option(help=f"A button under it: {', '.join(BUTTONS)}.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say whom it would reach, and show it.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Send it without asking.")] = False,
) -> None:
    """Write to many at once, each at most once and at a decent hour; texts may hold {first_name}."""
    settings = read_settings()
    texts = _texts(settings, text, context.args)
    if button and button not in BUTTONS:
        _end(f"“{button}” is no button. There are {', '.join(BUTTONS)}.")
    plan = _plan(settings, segment)
    with told_in_words():
        weighed = asyncio.run(told(settings, CampaignWeighed, plan=plan, per_week=settings.marketing_per_week))
        if weighed.refused:
            _end("No program is running yet: set GRAPEVINE_PROGRAM, or `grapevine program apply FILE`.")
        reach: Mapping[str, Any] = weighed.reply
        for line in described(reach, plan, settings):
            typer.echo(line)
        for line in asyncio.run(_said_before(settings, texts)):
            typer.echo(line)
        typer.echo(preview(texts, settings, program=str(reach["program"]), button=button))
        if dry_run or not reach["written"]:
            typer.echo("Nothing was sent." if dry_run else "There is nobody to send it to.")
            return
        if not (yes or _confirmed(reach["written"])):
            typer.echo("Nothing was sent.")
            return
        typer.echo(asyncio.run(_begin(settings, plan, texts, button)))


async def _said_before(settings: Settings, texts: Mapping[str, str]) -> list[str]:
    """Say when the same words were sent before: whoever presses the key twice writes to everybody twice."""
    async with opened(settings) as database, database.reading() as store:
        newest = await store.campaigns.newest(REMEMBERED)
    return [_same_words(campaign) for campaign in newest if _went_out(campaign) and texts in _texts_of(campaign)]


def _went_out(campaign: Campaign) -> bool:
    return campaign.state != CANCELLED or campaign.sent > 0


def _same_words(campaign: Campaign) -> str:
    begun, sent = f"{campaign.created_at:%Y-%m-%d %H:%M} UTC", f"sent to {campaign.sent:,} so far"
    return f"The same words are in {campaign.id} of {begun}, {sent}: who has them reads them again."


def _texts_of(campaign: Campaign) -> list[Mapping[str, str]]:
    values = decode_message(campaign.message).values.values()
    return [value.texts for value in values if isinstance(value, Announced)]


async def _begin(settings: Settings, plan: Plan, texts: dict[str, str], button: str) -> str:
    begun = await told(settings, CampaignBegun, plan=plan, texts=texts, button=button, asked_by=ASKED_BY)
    async with opened(settings) as database, database.reading() as store:
        seen_since = Clock().real_now() - SEEN_WITHIN
        is_sent_by_somebody = any(worker.seen_at > seen_since for worker in await store.workers.every())
    words = f"It is on its way as {begun.reply['campaign']}. How far it is: grapevine outbox"
    if is_sent_by_somebody:
        return words
    return f"{words}\nNo worker is running at the moment: it leaves when Grapevine is started."


def _texts(settings: Settings, text: str, others: list[str]) -> dict[str, str]:
    """Read the texts by language, the business's own first; ends the command where one could not be sent."""
    languages = Catalog.load().languages
    found = {settings.language: _written(text)} if text else {}
    words = iter(others)
    for word in words:
        name, has_value, value = word.partition("=")
        if not name.startswith("--text-"):
            _end(f"“{word}” is no option of this command. {_near(name)}")
        language = name.removeprefix("--text-")
        if language not in languages:
            _end(f"There are no texts in “{language}” here; the languages are {', '.join(languages)}.")
        found[language] = _written(value if has_value else next(words, ""))
    if not found:
        _end("There is no text: --text says what they read.")
    for language, said in found.items():
        try:
            check_text(said)
        except TextRefused as refused:
            _end(f"The text in “{language}” cannot be sent. {refused}")
    return found


def _written(text: str) -> str:
    """Take a text as a shell hands it over, where a new line is often written with two signs."""
    return text.replace("\\n", "\n").strip()


def _near(name: str) -> str:
    close = get_close_matches(name, ["--text", "--text-es", "--segment", "--button", "--dry-run", "--yes"], n=1)
    return f"Did you mean {close[0]}?" if close else "grapevine broadcast --help lists them."


def _plan(settings: Settings, segment: str) -> Plan:
    try:
        kept = str(read_segment(segment))
    except SegmentError as error:
        _end(str(error))
    tokens = {"telegram": settings.telegram_token, "slack": settings.slack_bot_token}
    return Plan(
        segment=kept,
        platforms=tuple(chat for chat in CHATS if tokens[chat] is not None or not settings.has_chat),
        zone=settings.timezone,
        language=settings.language,
        quiet_hours=quiet_hours(settings),
    )


def _confirmed(written: int) -> bool:
    if not sys.stdin.isatty():
        typer.echo("Add --yes to send it: there is nobody here to ask.", err=True)
        return False
    people = "1 person" if written == 1 else f"{written:,} people"
    return typer.confirm(f"Send it to {people}?")


def _end(words: str) -> NoReturn:
    complain(words)
    raise typer.Exit(2)
