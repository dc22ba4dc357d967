"""A setting that is wrong, told in words: which one, what is the matter, and what to do."""


class WrongSetting(Exception):
    """The service cannot start until the owner changes this setting."""

    def __init__(self, name: str, matter: str, remedy: str) -> None:
        super().__init__(f"{name}: {matter} {remedy}")
        self.name = name
        self.matter = matter
        self.remedy = remedy
