"""An identity: who a customer is on one platform."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Identity:
    """A customer on one platform: "telegram", "slack", "email", "phone", or a shop's or CRM's name; and the id there."""

    platform: str
    subject: str = field(repr=False)
