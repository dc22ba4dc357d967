"""The fake platform as the bot and the tests meet it: calls in, gestures in, and a way to wait for what follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground.telegram.gestures import Gestures
from bot.playground.telegram.inline import Choosing
from bot.playground.telegram.keyboards import unknown_fields
from bot.playground.telegram.methods import METHODS, REMARKS
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.people import Message
from bot.playground.telegram.platform import Call
from bot.playground.telegram.refusal import Refusal

NOT_FOUND = Refusal(404, "Not Found")


class TelegramPeer(Gestures, Choosing):
    """A strict Bot API with people on the other side."""

    def __init__(self, **details: Any) -> None:
        super().__init__(**details)
        self._read: dict[int, int] = {}

    async def call(self, method: str, parameters: Parameters) -> dict[str, Any]:
        """Answer one call of the bot, and remember it."""
        known = METHODS.get(method.lower())
        name = known.name if known else method
        try:
            if known is None:
                raise NOT_FOUND
            self.limits.count(name, parameters.text("chat_id"))
            self._note_unknown(name, parameters, known=known.known)
            answer: dict[str, Any] = {"ok": True, "result": await known.answer(self, parameters)}
            if name in REMARKS:
                answer["description"] = REMARKS[name]
        except Refusal as refusal:
            answer = refusal.as_json()
        self.calls.append(Call(name, parameters.decoded(), answer))
        return answer

    async def wait_for(self, true: Callable[[], object], timeout: float = 30.0) -> None:
        """Wait until something holds, and complain if it does not in time."""
        if not await self.bell.until(lambda: bool(true()), timeout):
            raise TimeoutError(f"That did not happen within {timeout} seconds.")

    async def next_message(self, user: int, timeout: float = 30.0) -> Message:
        """Wait for the next message from the bot that has not been returned here before."""
        seen = self._read.get(user, 0)

        def fresh() -> list[Message]:
            return [one for one in self.chat(user) if one.from_bot and one.message_id > seen]

        await self.wait_for(fresh, timeout)
        message = fresh()[0]
        self._read[user] = message.message_id
        return message

    def close(self) -> None:
        """Let go of everyone who waits."""
        self.mailbox.bell.close()
        self.bell.close()

    def _note_unknown(self, method: str, parameters: Parameters, *, known: frozenset[str]) -> None:
        names = (parameters.given.keys() | parameters.uploads.keys()) - known
        used = str(parameters.given)
        names = {name for name in names if f"attach://{name}" not in used}
        try:
            markup = parameters.structure("reply_markup")
            names |= unknown_fields(markup if isinstance(markup, dict) else None)
        except Refusal:
            pass  # judged, and refused, by the method itself
        self.unknown_parameters.extend((method, name) for name in sorted(names))
