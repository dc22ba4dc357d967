"""Structured log lines: JSON for machines, plain words on a terminal; never a token, code, name or message body."""

import logging
import sys

import structlog


def configure(*, verbose: bool, in_playground: bool) -> None:
    """Write log lines to standard error."""
    on_terminal = sys.stderr.isatty()
    # Where a person looks on, the address to open stays the last line until something needs attention.
    usual = logging.WARNING if on_terminal or in_playground else logging.INFO
    level = logging.DEBUG if verbose else usual
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    # aiohttp and PTB log addresses, and Telegram's hold the token.
    for noisy in ("httpx", "aiohttp", "telegram", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if on_terminal else [structlog.processors.format_exc_info]),
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
            if on_terminal
            else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
