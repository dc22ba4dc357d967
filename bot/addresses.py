"""Addresses: where a share link, a landing page, a bot chat or a QR picture is found on this installation."""

from dataclasses import dataclass
from urllib.parse import quote

from messages.message import Code, Command, JoinLink, Link, ShareLink, SharePage, SignInLink


@dataclass(frozen=True)
class Addresses:
    """Turns the links that messages describe into addresses."""

    public_url: str
    bot_chat: str  # where the bot is opened, such as https://t.me/examplebot; empty without Telegram
    share_sheet: str = "https://t.me/share/url"
    slack_command: str | None = None  # such as "/grapevine", where Slack is set up
    slack_app: str = ""  # where the app is opened in Slack
    has_pages: bool = True  # false while nobody else can reach our pages: links lead straight to the bot

    def start(self, payload: str) -> str:
        """Open the bot with a start payload; Slack's app opens without one, so what it says is typed there."""
        return f"{self.bot_chat}?start={quote(payload)}" if self.bot_chat else self.slack_app

    def of(self, link: Link) -> str:
        """Write one link as an address; a code stands for itself, a command as chats mostly write them."""
        match link:
            case Code(text):
                return text
            case Command(name, about, "slack"):
                # Slack has one command for everything, and nothing to start: whoever joins is back.
                return f"{self.slack_command} {'join' if name == 'start' else name} {about}".rstrip()
            case Command(name, about):
                return f"/{name} {about}".rstrip()
            case ShareLink(code, via):
                placed = f"?s={via}" if via else ""
                return f"{self.public_url}/r/{code}{placed}" if self.has_pages else self.start(f"r_{code}")
            case SharePage(code):
                return f"{self.public_url}/share/{code}" if self.has_pages else ""
            case SignInLink(token):
                return self.sign_in(token)
            case JoinLink(code):
                return f"{self.public_url}/join/{code}" if self.has_pages else self.start(f"r_{code}")

    def claim(self, token: str) -> str:
        """Write the address at which an unclaimed purchase is made one's own."""
        return f"{self.public_url}/claim/{token}" if self.has_pages else self.start(f"c_{token}")

    def sign_in(self, token: str) -> str:
        """Write the address that joins a chat account to a customer record."""
        return self.start(f"l_{token}")
