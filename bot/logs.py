"""Structured log lines: JSON for machines, plain words on a terminal; never a token, code, name or message body."""

import logging
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType

import structlog

# Deep recursion fails with a thousand frames; the last ones say where.
MOST_FRAMES = 30

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Frames(logging.Formatter):
    """Writes other libraries' lines, and their exceptions without the exceptions' own words."""

    def formatException(self, ei: object) -> str:
        """Write an exception as its kinds and frames."""
        return frames(ei[1]) if isinstance(ei, tuple) and isinstance(ei[1], BaseException) else ""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Write the line; asyncio puts a failed task with its exception's words below its own first line."""
        line = super().formatMessage(record)
        return line.partition("\n")[0] if record.name == "asyncio" else line


def configure(*, verbose: bool, in_playground: bool) -> None:
    """Write log lines to standard error."""
    on_terminal = sys.stderr.isatty()
    # Where a person looks on, the address to open stays the last line until something needs attention.
    usual = logging.WARNING if on_terminal or in_playground else logging.INFO
    level = logging.DEBUG if verbose else usual
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Frames("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    # aiohttp and PTB log addresses, and Telegram's hold the token.
    for noisy in ("httpx", "aiohttp", "telegram", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_rendered),
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
            if on_terminal
            else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def frames(error: BaseException) -> str:
    """Write an exception as its kind and frames, and those of what led to it.

    Its own words are left out: a database's error repeats the values, and a parser's what it could not read.
    """
    return "\n".join(_lines(error, set()))


def _rendered(exc_info: ExcInfo) -> str:
    return frames(exc_info[1])


def _lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None and id(earlier) not in seen:
        yield from _lines(earlier, seen)
        yield "which led to"
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]:
        yield f"  {frame.filename}:{frame.lineno}:{frame.name}"
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            if id(one) not in seen:
                yield "of which one was"
                yield from _lines(one, seen)
