"""Finds the program that the settings name: a preset, or a file."""

from pathlib import Path
from zoneinfo import ZoneInfo

from bot.settings import Settings
from bot.wrong import WrongSetting
from referrals.program_file import ProgramFileError, preset, preset_names, read_program


def program_text(settings: Settings) -> str | None:
    """Return the text of the program that the settings name, if they name one; raises WrongSetting."""
    name = settings.program
    if name is None:
        return None
    text = preset(name) if name in preset_names() else _read(name)
    try:
        read_program(text, ZoneInfo(settings.timezone))
    except ProgramFileError as error:
        raise WrongSetting(
            "GRAPEVINE_PROGRAM",
            f"{name} cannot be used. {error}",
            f"Mend the file and start again; grapevine program check {name} shows everything that is wrong with it.",
        ) from error
    return text


def _read(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        matter = f"{name} is neither a preset ({', '.join(preset_names())}) nor a file that can be read."
        raise WrongSetting("GRAPEVINE_PROGRAM", matter, "Give the path of a program file.") from error
