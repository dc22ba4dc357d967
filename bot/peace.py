"""What keeps people's peace, as this house is set up: its quiet hours, its zone, and how much marketing a week."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.settings import Settings
from handlers.outcome import NoticeKind
from referrals.periods import period_key
from referrals.quiet import OFF, Night, chosen_night, leaves_at, read_night, zone_of
from storage.customers import Customer
from storage.segments import TIMEZONE

# What these say is as good in the morning. A voucher matters at the till, and a human answers whoever asked.
WAIT_FOR_MORNING = frozenset({NoticeKind.REWARD, NoticeKind.SERVICE, NoticeKind.MARKETING})
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, kw_only=True)
class Peace:
    """The business's quiet hours and zone, for whoever has none of their own, and the weekly cap on marketing."""

    night: Night | None = None
    zone: ZoneInfo = _UTC
    per_week: int = 2

    def leaves_at(self, kind: str, customer: Customer, at: datetime) -> datetime:
        """Return when a notice for somebody may leave: at once, or when their night is over."""
        if kind not in WAIT_FOR_MORNING:
            return at
        zone = zone_of((customer.zone, customer.attributes.get(TIMEZONE)), self.zone)
        return leaves_at(at, chosen_night(customer.quiet, self.night), zone).astimezone(UTC)

    def week(self, at: datetime) -> str:
        """Name the week of the business that a moment falls into."""
        return period_key("week", at, self.zone)


def quiet_hours(settings: Settings) -> str:
    """Return the house's quiet hours; in the playground there are none, for whoever tries it at night looks on."""
    return settings.quiet_hours if settings.has_chat or "quiet_hours" in settings.model_fields_set else OFF


def peace_of(settings: Settings) -> Peace:
    """Read the house's rules from the settings."""
    return Peace(night=read_night(quiet_hours(settings)), zone=settings.zone, per_week=settings.marketing_per_week)
