"""The scan: whatever a test makes the service log, show on a page or answer with an error holds nobody's secret.

Tokens, phone numbers and e-mail addresses are known by their shape; keys, vouchers and what people wrote are noted
where they come in and go out. A test that leaks one fails, whatever else it was about.
"""

import re
from collections.abc import Awaitable, Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from typing import Any

import pytest
import structlog
from pluggy import Result
from pydantic import SecretStr

from bot.dispatch import Dispatcher
from bot.settings import Settings
from bot.slack.edge import SlackEdge
from bot.telegram.edge import TelegramEdge
from bot.web.application import WebApp
from bot.web.keys import ApiKey
from handlers.outcome import Outcome
from messages.message import Code
from referrals import codes

# What is shorter stands in a log line by chance.
SHORTEST = 8
LONGEST_PAGE = 200_000
SHAPES: Mapping[str, re.Pattern[str]] = {
    "a Telegram token": re.compile(r"(?<!\d)\d{6,12}:[\w-]{30,}"),
    "a Slack token": re.compile(r"\bx(?:ox[a-z]|app)-[\w-]{6,}"),
    "a phone number": re.compile(r"(?<![\w.:+-])\+[1-9]\d{6,14}\b"),
    "an e-mail address": re.compile(r"\b[\w.+-]+@[\w-]+\.(?:[\w-]+\.)*[a-z]{2,}\b"),
    "a message's words": re.compile(
        r"Welcome to Corner|Show this at the till|joined through your link|Your invitation to"
    ),
}
# What a page may say that a log must not: these words are what some pages are there for.
SAID_ON_PAGES = frozenset({"a message's words"})


class Secrets:
    """What this test has made secret, and where it came out."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}  # the secret -> what it is
        self.codes: set[str] = set()  # share codes are public, and still no log's business
        self.leaks: list[str] = []

    def note(self, what: str, secret: object) -> None:
        """Keep a secret in mind."""
        if isinstance(secret, SecretStr):
            secret = secret.get_secret_value()
        if isinstance(secret, str) and len(secret.strip()) >= SHORTEST:
            if codes.is_valid(codes.normalize(secret)):
                self.codes.add(codes.normalize(secret))
            else:
                self.words[secret.strip()] = what

    def found_in(self, text: str, *, on_page: bool = False) -> list[str]:
        """Name the kinds of secrets that stand in a text."""
        found = [what for secret, what in self.words.items() if secret in text]
        found += [
            what for what, shape in SHAPES.items() if shape.search(text) and not (on_page and what in SAID_ON_PAGES)
        ]
        if not on_page:
            found += ["a share code" for code in self.codes if code in text]
        return sorted(set(found))


secrets = Secrets()


@pytest.fixture(autouse=True)
def scanned() -> None:
    """Forget what the last test made secret."""
    secrets.__init__()  # type: ignore[misc]  # one object, known to everything that was wrapped once


@pytest.fixture(scope="session", autouse=True)
def overheard() -> Iterator[None]:
    """Note secrets where they come in and go out, read what is answered, and log as the service logs."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S"),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    with ExitStack() as stack:
        for owner, method, around in (
            (Settings, "__init__", _settings),
            (ApiKey, "__init__", _key),
            (TelegramEdge, "__init__", _account),
            (SlackEdge, "__init__", _account),
            (Dispatcher, "dispatch", _event),
            (WebApp, "__call__", _page),
        ):
            stack.enter_context(_wrapped(owner, method, around))
        yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Result[pytest.TestReport], None]:
    """Fail a test that leaked something, once all of it is known."""
    result = yield
    report = result.get_result()
    if report.when != "teardown" or not report.passed:
        return
    logged = "\n".join(text for title, text in report.sections if title.startswith("Captured"))
    leaks = [f"The log holds {what}." for what in secrets.found_in(logged)] + secrets.leaks
    if leaks:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} leaks:\n" + "\n".join(leaks)


@contextmanager
def _wrapped(owner: type, method: str, around: Callable[..., Any]) -> Iterator[None]:
    inner = getattr(owner, method)
    setattr(owner, method, around(inner))
    yield
    setattr(owner, method, inner)


def _settings(inner: Callable[..., None]) -> Callable[..., None]:
    def noted(self: Settings, *given: Any, **named: Any) -> None:
        inner(self, *given, **named)
        for name in type(self).model_fields:
            if isinstance(value := getattr(self, name), SecretStr):
                secrets.note(f"the setting {name}", value)

    return noted


def _key(inner: Callable[..., None]) -> Callable[..., None]:
    def noted(self: ApiKey, key: str | None) -> None:
        secrets.note("the API key", key)
        inner(self, key)

    return noted


def _account(inner: Callable[..., None]) -> Callable[..., None]:
    def noted(self: object, **named: Any) -> None:
        for name in ("token", "bot_token", "app_token", "signing_secret", "webhook_secret"):
            secrets.note(f"the {name.replace('_', ' ')}", named.get(name))
        inner(self, **named)

    return noted


def _event(inner: Callable[..., Awaitable[Outcome]]) -> Callable[..., Awaitable[Outcome]]:
    async def noted(self: Dispatcher, event: Any) -> Outcome:
        for field in fields(event):
            if not field.repr and field.name != "first_name":  # the product's own mark of what no log may show
                secrets.note(f"{field.name} of {type(event).__name__}", getattr(event, field.name))
        outcome = await inner(self, event)
        for name in ("token", "claim_token"):
            secrets.note(f"a {name.replace('_', ' ')}", outcome.reply.get(name))
        for shown in (value for answer in outcome.answers for value in answer.values.values()):
            if isinstance(shown, Code):
                secrets.note("a voucher", shown.text)
                secrets.note("a voucher", codes.normalize(shown.text))
        return outcome

    return noted


def _page(inner: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    async def read(self: WebApp, scope: Any, receive: Any, send: Any) -> None:
        body, status = bytearray(), 0

        async def send_and_read(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body" and len(body) < LONGEST_PAGE:
                body.extend(message.get("body", b""))
            await send(message)

        await inner(self, scope, receive, send_and_read)
        if scope["type"] == "http" and _is_for_anybody(scope["path"], status):
            text = body.decode("utf-8", "replace")
            # A page of a token leads on with the token it was asked with.
            text = text.replace(scope["path"].rpartition("/")[2] or "\0", "")
            shown = secrets.found_in(text, on_page=True)
            secrets.leaks.extend(f"The answer to {scope['method']} {scope['path']} holds {what}." for what in shown)

    return read


def _is_for_anybody(path: str, status: int) -> bool:
    """Tell whether an answer is a page, or an error: what the key's holder asks for is theirs."""
    if path.startswith("/playground"):
        return False  # a pretend phone shows what a phone shows, on its owner's machine alone
    return not path.startswith("/api/") or status >= 400
