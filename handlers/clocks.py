"""Whose clock counts: the zone somebody chose, or that is known of them, and a few to choose from."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.programs import running_program
from messages.message import Act, Button, City, Message, Phrase, Values
from referrals.quiet import zone_of
from storage.customers import Customer
from storage.segments import TIMEZONE
from storage.store import Store

# One city for each clock that many people live by, and few enough to find one's own.
ZONES = (
    *("Pacific/Honolulu", "America/Los_Angeles", "America/Denver", "America/Mexico_City", "America/Chicago"),
    *("America/Bogota", "America/New_York", "America/Caracas", "America/Santiago", "America/Sao_Paulo"),
    *("Europe/London", "Africa/Lagos", "Europe/Madrid", "Europe/Berlin", "Africa/Johannesburg", "Europe/Athens"),
    *("Africa/Nairobi", "Europe/Istanbul", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Bangkok"),
    *("Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"),
)
IN_A_ROW = 2
ASK = Act(label="choosing.button-other-clock", action="set", about="zone:ask")


async def clock_line(customer: Customer, at: datetime, store: Store) -> Phrase:
    """Say which clock counts for somebody."""
    program = await running_program(store)
    house = program.zone if program else ZoneInfo("UTC")
    return Phrase("choosing.line-clock", _shown(zone_of((customer.zone, customer.attributes.get(TIMEZONE)), house), at))


def clocks(at: datetime) -> Message:
    """Offer the clocks of the world, as they stand now."""
    zones = sorted((ZoneInfo(name) for name in ZONES), key=lambda zone: at.astimezone(zone).replace(tzinfo=None))
    buttons: list[Button] = [
        Act(label="choosing.button-clock", values=_shown(zone, at), action="set", about=f"zone:{zone.key}")
        for zone in zones
    ]
    rows = tuple(tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW))
    return Message(key="choosing.clocks", buttons=rows, in_place=True)


def _shown(zone: ZoneInfo, at: datetime) -> Values:
    return {"time": f"{at.astimezone(zone):%H:%M}", "city": City(zone.key)}
