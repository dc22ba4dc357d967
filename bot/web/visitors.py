"""Who visits, as little as we need: person or robot, from what kind of place, and a hash that lives one day."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

# Link previews of chats, search engines, monitors, and programs rather than people.
_ROBOTS = re.compile(
    rb"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|facebookcatalog|whatsapp|embedly|skypeuripreview|"
    rb"vkshare|viber|snapchat|bitlybot|pinterest|headless|lighthouse|monitor|uptime|pingdom|"
    rb"curl|wget|python|httpx|aiohttp|go-http|okhttp|java/|libwww|node-fetch|axios|postman|scrapy",
    re.IGNORECASE,
)

# `?s=` says where a link was put: by the share kit, and by owners who print or mail it in several places.
_PLACES = frozenset(
    {"qr", "poster", "receipt", "email", "sms", "web", "story", "telegram", "whatsapp", "x", "facebook", "copy"}
)

_SITES: Mapping[str, str] = {
    "t.me": "telegram",
    "telegram.org": "telegram",
    "telegram.me": "telegram",
    "org.telegram.messenger": "telegram",
    "whatsapp.com": "whatsapp",
    "wa.me": "whatsapp",
    "com.whatsapp": "whatsapp",
    "facebook.com": "facebook",
    "messenger.com": "facebook",
    "instagram.com": "instagram",
    "twitter.com": "x",
    "x.com": "x",
    "t.co": "x",
    "linkedin.com": "linkedin",
    "lnkd.in": "linkedin",
    "reddit.com": "reddit",
    "youtube.com": "youtube",
    "tiktok.com": "tiktok",
    "vk.com": "vk",
    "slack.com": "slack",
    "com.slack": "slack",
    "discord.com": "discord",
    "mail.google.com": "email",
    "com.google.android.gm": "email",
    "outlook.live.com": "email",
    "google.com": "search",
    "bing.com": "search",
    "duckduckgo.com": "search",
}


@lru_cache(maxsize=1024)
def is_robot(agent: bytes) -> bool:
    """Tell whether a user agent is a robot's or a link preview's; one without a name is nobody's browser."""
    return not agent or _ROBOTS.search(agent) is not None


def source_of(query: bytes, referrer: bytes) -> str:
    """Name the class of the place a visit came from: a placement, a site, another site, or "direct"."""
    for part in query.split(b"&") if query else ():
        if part.startswith(b"s=") and (place := part[2:].decode("latin-1")) in _PLACES:
            return place
    return _site(referrer) if referrer else "direct"


@lru_cache(maxsize=1024)
def _site(referrer: bytes) -> str:
    try:
        host = urlsplit(referrer.decode("latin-1")).hostname or ""
    except ValueError:
        return "other"
    while host:
        if host in _SITES:
            return _SITES[host]
        host = host.partition(".")[2]
    return "other"


class Visitors:
    """Hashes visitors with a salt that changes every day, so that nobody is recognised tomorrow."""

    def __init__(self, secret: bytes) -> None:
        self._secret = blake2b(secret, person=b"visitor-salt").digest()
        self._day: date | None = None
        self._salted = blake2b()

    def hash(self, address: str, agent: bytes, day: date) -> bytes:
        """Return 16 bytes that tell one visitor of this day from another; the address itself is kept nowhere."""
        if day != self._day:
            salt = blake2b(day.isoformat().encode(), key=self._secret, digest_size=32).digest()
            self._day, self._salted = day, blake2b(key=salt, digest_size=16)
        # Going on from a copy saves taking the salt in again for everyone.
        visitor = self._salted.copy()
        visitor.update(b"%b\0%b" % (address.encode(), agent))
        return visitor.digest()
