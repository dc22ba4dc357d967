"""The ways in which the database turns us away."""


class TryAgain(Exception):
    """Two transactions crossed; nothing was written; the same one, run again, sees fresh values."""


class Busy(Exception):
    """The write lock was not had in time; nothing was written."""


class NotYet(Busy):
    """What this follows was said a moment ago and is not written down yet; nothing was written."""


class TooNew(Exception):
    """A newer Grapevine has used this database: its schema is one that this one has never heard of."""


class Unreachable(Exception):
    """The database cannot be opened: it does not run, or the address or the password is wrong."""
