"""What reaches the log of a failure: its kind and its place, never its own words, which may be somebody's."""

import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from bot import logs

WORDS = "my number is 0151, call me"


class Stream(StringIO):
    """Standard error, which may be a terminal."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture(params=["terminal", "machine"])
def stream(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stream]:
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = Stream(terminal=request.param == "terminal")
    monkeypatch.setattr(sys, "stderr", stream)
    root.handlers = []
    logs.configure(verbose=False, in_playground=False)
    structlog.configure(cache_logger_on_first_use=False)
    yield stream
    structlog.configure(**before)
    root.handlers = handlers
    root.setLevel(level)


def fail() -> None:
    try:
        try:
            raise KeyError(WORDS)
        except KeyError as error:
            raise ValueError(WORDS) from error
    except ValueError:
        raise ExceptionGroup(WORDS, [LookupError(WORDS), OSError(WORDS)])  # noqa: B904 - the context is what is tested


def failure() -> Exception:
    try:
        fail()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return error
    raise AssertionError


@pytest.mark.parametrize("how", ["given", "current", "libraries"])
def test_an_exception_is_logged_without_its_words(stream: Stream, how: str) -> None:
    log = structlog.get_logger()
    match how:
        case "given":
            log.error("slack.given-up", exc_info=failure())
        case "current":
            try:
                fail()
            except ExceptionGroup:
                log.exception("outbox.odd_notice")
        case _:
            logging.getLogger("somebody.else").error("it failed", exc_info=failure())
    said = stream.getvalue()
    assert WORDS not in said
    assert "0151" not in said
    for kind in ("KeyError", "ValueError", "ExceptionGroup", "LookupError", "OSError"):
        assert f"builtins.{kind}" in said
    assert "test_logs.py" in said
    assert ":fail" in said


def test_a_task_that_nobody_waited_for_is_named_without_its_exceptions_words(stream: Stream) -> None:
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: %r", ValueError(WORDS))
    assert stream.getvalue() == "ERROR asyncio Task exception was never retrieved\n"


def test_exceptions_that_lead_to_each_other_end() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert logs.frames(first) == "builtins.KeyError\nwhich led to\nbuiltins.ValueError"
