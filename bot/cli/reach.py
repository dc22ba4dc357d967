"""Whom a broadcast reaches, in lines for whoever is about to send it."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from bot.clock import Clock
from bot.outbox.outbox import limiters_for
from bot.settings import Settings
from handlers.events import Plan

LEFT_OUT: Mapping[str, tuple[str, str]] = {
    "no-consent": ("has not agreed to news", "have not agreed to news"),
    "stopped": ("said stop", "said stop"),
    "unreachable": ("blocked the bot or is in no chat of ours", "blocked the bot or are in no chat of ours"),
    "weekly-cap": ("had enough marketing this week", "had enough marketing this week"),
}


def described(reach: Mapping[str, Any], plan: Plan, settings: Settings) -> Iterator[str]:
    """Say whom a message is for, who gets it, who does not and why, when, and how long it takes."""
    matching, written = int(reach["matching"]), int(reach["written"])
    yield f"For: {plan.segment or 'everybody'}"
    yield f"Customers it fits: {matching:,}. It goes to {written:,} of them{_listed(reach['platforms'])}."
    left_out = [f"{count:,} {LEFT_OUT[reason][count != 1]}" for reason, count in sorted(reach["left_out"].items())]
    if left_out:
        yield f"Left out: {'; '.join(left_out)}."
    if reach["asleep"]:
        last = reach["last_morning"].astimezone(settings.zone)
        yield (
            f"Not to be woken now: {reach['asleep']:,}. They get it in their morning, the last ones on "
            f"{last:%Y-%m-%d at %H:%M} ({settings.timezone})."
        )
    if written:
        yield f"It takes {_duration(_seconds(reach['platforms'], settings))} to send, apart from those who sleep."
        languages = {name or plan.language: count for name, count in reach["languages"].items()}
        yield f"They read{_listed(languages, bare=True)}."


def _seconds(platforms: Mapping[str, int], settings: Settings) -> float:
    """Count how long the slowest platform needs; they send side by side."""
    limiters = limiters_for(Clock(), telegram_per_second=settings.telegram_per_second)
    return max((count / limiters[platform].allowance.pace for platform, count in platforms.items()), default=0.0)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return "less than a minute"
    minutes = math.ceil(seconds / 60)
    if minutes < 120:
        return f"about {minutes} minutes"
    return f"about {minutes / 60:.1f} hours"


def _listed(counts: Mapping[str, int], *, bare: bool = False) -> str:
    ordered = sorted(counts.items(), key=lambda found: -found[1])
    said = ", ".join(f"{name} {count:,}" for name, count in ordered)
    if bare:
        return f" {said}"
    return f" ({said})" if said else ""
