"""The two ways in which the database asks us to come again."""


class TryAgain(Exception):
    """Two transactions crossed; nothing was written; the same one, run again, sees fresh values."""


class Busy(Exception):
    """The write lock was not had in time; nothing was written."""
