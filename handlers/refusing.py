"""A refusal at a machine's door: the transaction is rolled back, and the answer says why."""

from collections.abc import Mapping

from handlers.outcome import Outcome
from messages.message import Message, Values


class Refused(Exception):
    """Nothing of this event may be written; dispatch rolls back and answers with the outcome."""

    def __init__(self, code: str, values: Values | None = None, reply: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        message = Message(key=f"refusing.{code}", values=values or {})
        self.outcome = Outcome(refused=code, answers=(message,), reply=reply or {})
