"""An identity: who a customer is on one platform."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Identity:
    """A customer on one platform ("telegram", "email", "phone", a shop, a CRM) and their id there."""

    platform: str
    subject: str = field(repr=False)
