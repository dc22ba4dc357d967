"""The ways in which an advocate sends their link on from the share page: each carries where it was put."""

from dataclasses import dataclass
from urllib.parse import quote

from bot.addresses import Addresses
from messages.message import Phrase, ShareLink

# What each app takes: the words and the link apart, or both in one. The script fills the same gaps anew.
_WHATSAPP = "https://wa.me/?text={both}"
_X = "https://x.com/intent/post?text={words}&url={link}"
_FACEBOOK = "https://www.facebook.com/sharer/sharer.php?u={link}"


@dataclass(frozen=True, kw_only=True)
class Way:
    """One button: its name, its address with gaps for what is sent, and the address as it is sent now."""

    name: str
    label: Phrase
    pattern: str
    link: str
    address: str
    opens_beside: bool  # in a window of its own, because an app on the web takes the whole page


def ways(code: str, words: str, *, subject: str, addresses: Addresses) -> list[Way]:
    """List the ways, with these words in them."""
    patterns = {
        "whatsapp": _WHATSAPP,
        "telegram": f"{addresses.share_sheet}?url={{link}}&text={{words}}",
        "x": _X,
        "facebook": _FACEBOOK,
        "email": f"mailto:?subject={quote(subject, safe='')}&body={{both}}",
    }
    return [_way(name, pattern, link_of(code, name, addresses), words=words) for name, pattern in patterns.items()]


def link_of(code: str, via: str, addresses: Addresses) -> str:
    """Write the link with the place where it is put, by which its visits are told apart."""
    return addresses.of(ShareLink(code, via))


def _way(name: str, pattern: str, link: str, *, words: str) -> Way:
    sent = {"words": words, "link": link, "both": f"{words}\n{link}"}
    address = pattern
    for gap, text in sent.items():
        address = address.replace(f"{{{gap}}}", quote(text, safe=""))
    return Way(
        name=name,
        label=Phrase(f"pages.share-way-{name}"),
        pattern=pattern,
        link=link,
        address=address,
        opens_beside=name in {"whatsapp", "x", "facebook"},
    )
