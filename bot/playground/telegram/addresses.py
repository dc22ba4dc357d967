"""Which addresses the platform takes: public ones, and by the one stated exception the playground's own."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
WEBHOOK_PORTS = {80, 88, 443, 8443}


class AddressBook:
    """Judges addresses as the platform would, sparing the address this playground answers at."""

    def __init__(self, public_url: str) -> None:
        self._own = urlsplit(public_url).netloc

    def wrong_link(self, url: str) -> str:
        """Say what is wrong with a link in a text or on a button, or nothing."""
        parts = _split(url if "://" in url else f"http://{url}")
        if parts is None:
            return "Wrong HTTP URL"
        if parts.scheme in {"tg", "ton"}:
            return ""
        if parts.scheme not in {"http", "https"}:
            return "Unsupported URL protocol"
        if parts.netloc == self._own:
            return ""
        host = parts.hostname or ""
        return "" if "." in host.strip(".") and " " not in host else "Wrong HTTP URL"

    def wrong_webhook(self, url: str) -> str:
        """Say what is wrong with the address of a webhook, or nothing."""
        parts = _split(url)
        if parts is None or not parts.hostname:
            return "invalid webhook URL specified"
        if parts.hostname in LOOPBACK:
            return ""
        if parts.scheme != "https":
            return "An HTTPS URL must be provided for webhook"
        if (parts.port or 443) not in WEBHOOK_PORTS:
            return "Webhook can be set up only on ports 80, 88, 443 or 8443"
        # Nothing leaves this machine, so a public host is one that cannot be found.
        return "Failed to resolve host: Name or service not known"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts
