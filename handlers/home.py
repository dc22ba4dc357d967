"""The personal page in the app: link, code and QR, how referrals stand, and what has been earned."""

from handlers.events import HomeOpened
from handlers.outcome import Outcome
from storage.store import Store


async def on_home_opened(event: HomeOpened, store: Store) -> Outcome:
    """Show somebody their page; a pure read."""
    return Outcome()
