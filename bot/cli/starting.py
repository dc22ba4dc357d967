"""What every command does first: read the settings, and say in words what is wrong with them."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError
from rich.console import Console

from bot.settings import Settings
from bot.telegram.errors import TokenRefused
from bot.wrong import WrongSetting
from referrals.program_file import ProgramFileError
from storage.errors import Unreachable

errors = Console(stderr=True, highlight=False)


def read_settings() -> Settings:
    """Read the settings; ends the command with one line for each that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = "GRAPEVINE_" + "_".join(str(part) for part in problem["loc"]).upper()
            # The value is not repeated: it may be a secret.
            errors.print(f"{name} {problem['msg'].removeprefix('Value error, ')}.", style="red", markup=False)
        errors.print("Change it in the environment or in .env; .env.example explains every setting.")
        raise typer.Exit(2) from None


@contextmanager
def told_in_words() -> Iterator[None]:
    """End the command with words instead of a traceback when a setting or the program is wrong."""
    try:
        yield
    except WrongSetting as wrong:
        errors.print(f"{wrong.name}: {wrong.matter}", style="red", markup=False)
        errors.print(wrong.remedy, markup=False)
        raise typer.Exit(2) from None
    except Unreachable as error:
        errors.print(f"GRAPEVINE_DATABASE_URL: The database cannot be reached ({error}).", style="red", markup=False)
        errors.print("Is it running, and is the address right?")
        raise typer.Exit(2) from None
    except TokenRefused as refused:
        errors.print(str(refused), style="red", markup=False)
        raise typer.Exit(2) from None
    except ProgramFileError as error:
        errors.print(f"The program cannot be used. {error}", style="red", markup=False)
        raise typer.Exit(2) from None
