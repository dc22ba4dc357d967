"""Telegram's /status through the service and its store, against PTB answering with a constant."""

import hashlib
import json
from contextlib import ExitStack

from bench import databases, rounds
from bench.crowd import FIRST_ADVOCATE
from bench.floors import TOKEN
from bench.load import NUMBER
from bench.processes import loading, serving
from bench.report import Section
from bench.rounds import Contender, Shape
from bench.servers import SECRET_KEY

_ADVOCATES = 256  # nobody is answered more than forty times a minute
_FRIENDS = 3
_CONNECTIONS = 16
_PER_SECOND = 1000  # the most there is: with the usual 30 the limit would be measured, not the work
_HOW = (
    "An update posted to the webhook, answered with one `sendMessage` to a Bot API stub in another process, "
    f"{_CONNECTIONS} at a time, from {_ADVOCATES} advocates with {_FRIENDS} referrals each. The floor hands "
    "the same updates to PTB, whose one handler sends a constant through the same aiohttp request class. The service "
    f"keeps to a limit of {_PER_SECOND:,} messages a second, which it counts and does not reach. Client, "
    "server and stub share the machine."
)


def run(shape: Shape) -> Section:
    """Measure both databases and the floor with the same updates."""
    with ExitStack() as stack:
        load, api = stack.enter_context(loading()), stack.enter_context(serving("bot-api"))
        api_url = f"http://127.0.0.1:{api.port}"
        floor = stack.enter_context(serving("constant-bot", telegram_api_url=api_url))
        contenders = {"PTB, a constant": Contender(server=floor, requests=_updates(), status=200)}
        for name, opened in (("SQLite", databases.sqlite), ("PostgreSQL", databases.postgresql)):
            service = stack.enter_context(
                serving(
                    "service",
                    database_url=stack.enter_context(opened()),
                    telegram_token=TOKEN,
                    telegram_api_url=api_url,
                    telegram_mode="webhook",
                    telegram_per_second=_PER_SECOND,
                    public_url="https://refer.example.com",
                    roles=["web", "chat"],
                    advocates=_ADVOCATES,
                    friends=_FRIENDS,
                )
            )
            contenders[f"/status from {name}"] = Contender(server=service, requests=_updates(), status=200)
        measured = rounds.compare(contenders, load, rounds.longer(shape, connections=_CONNECTIONS))
    return Section(title="/status in Telegram", how=_HOW, parts=[rounds.table(measured, first="one update")])


def _updates() -> list[str]:
    return [_posted(_update(FIRST_ADVOCATE + place)) for place in range(_ADVOCATES)]


def _update(user: int) -> str:
    person = {"id": user, "first_name": f"Guest {user}", "language_code": "en"}
    message = {
        "message_id": 7,
        "date": 1_780_000_000,
        "from": {**person, "is_bot": False},
        "chat": {**person, "type": "private"},
        "text": "/status",
        "entities": [{"type": "bot_command", "offset": 0, "length": 7}],
    }
    return f'{{"update_id":{NUMBER.decode()},"message":{json.dumps(message)}}}'


def _posted(body: str) -> str:
    # As bot.app makes it from the secret key; Telegram hears it in setWebhook.
    secret = hashlib.sha256(f"telegram-webhook:{SECRET_KEY}".encode()).hexdigest()
    return (
        "POST /hooks/telegram HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )
