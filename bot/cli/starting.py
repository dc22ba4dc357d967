"""What every command does first: read the settings, and say in words what is wrong with them."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot import logs
from bot.settings import Settings
from bot.slack.errors import SlackTokenRefused
from bot.telegram.errors import TokenRefused
from bot.wrong import WrongSetting
from referrals.program_file import ProgramFileError
from storage.errors import Busy, TooNew, Unreachable
from storage.migrate import head

_WORDS = {
    "int_parsing": "must be a whole number",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "literal_error": "can only be {expected}",
}

# What a driver raises when it gets no connection -> what is the matter; names of classes, for drivers are not ours.
_UNREACHED = {
    "ConnectionRefusedError": "nothing listens at its host and port",
    "gaierror": "its host is not known here",
    "TimeoutError": "it does not answer",
    "InvalidPasswordError": "the password is refused",
    "InvalidAuthorizationSpecificationError": "the user is refused",
    "InvalidCatalogNameError": "the server has no database of this name",
    "OperationalError": "its file cannot be opened (is it a folder, or somebody else's?)",
    "DatabaseError": "its file is something else than a SQLite database",
}


def unreached(error: Unreachable) -> str:
    """Say why there is no connection to the database, and what to look at."""
    why = _UNREACHED.get(str(error), str(error))
    return f"The database cannot be reached: {why}."


def too_new(error: TooNew) -> str:
    """Say that the database belongs to a version to come, and what to do."""
    return (
        f"A newer Grapevine has used this database (its schema is {error}, the newest known here is {head()}). Start "
        "that version again, or choose another database."
    )


def complain(words: str) -> None:
    """Say what is wrong, in red where there is a terminal to show it."""
    typer.secho(words, err=True, fg="red")


def read_settings() -> Settings:
    """Read the settings; ends the command with one line for each that is wrong."""
    # What a command answers stands alone on standard output; `run` asks for more than warnings.
    logs.configure(verbose=False, in_playground=True)
    try:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        complain(f".env cannot be read: {why}.")
        typer.echo("Save it as plain text; .env.example shows what it may hold.", err=True)
        raise typer.Exit(2) from None
    except ValidationError as error:
        # Of a list each wrong part is a problem of its own, and of the same setting.
        for line in dict.fromkeys(_in_words(problem) for problem in error.errors()):
            complain(line)
        typer.echo("Change it in the environment or in .env; .env.example explains every setting.", err=True)
        raise typer.Exit(2) from None


def _in_words(problem: ErrorDetails) -> str:
    """Name a setting and what is wrong with it; the value is not repeated, for it may be a secret."""
    given = {"message": problem["msg"].removeprefix("Value error, "), **problem.get("ctx", {})}
    said = _WORDS.get(problem["type"], "{message}").format(**given)
    return f"GRAPEVINE_{str(problem['loc'][0]).upper()} {said}."


@contextmanager
def told_in_words() -> Iterator[None]:
    """End the command with words instead of a traceback when a setting or the program is wrong."""
    try:
        yield
    except WrongSetting as wrong:
        complain(f"{wrong.name}: {wrong.matter}")
        typer.echo(wrong.remedy, err=True)
        raise typer.Exit(2) from None
    except Unreachable as error:
        complain(f"GRAPEVINE_DATABASE_URL: {unreached(error)}")
        typer.echo("Is it running, and is the address right?", err=True)
        raise typer.Exit(2) from None
    except TooNew as error:
        complain(f"GRAPEVINE_DATABASE_URL: {too_new(error)}")
        raise typer.Exit(2) from None
    except Busy:
        complain("The database is busy with something else. Try again in a moment.")
        raise typer.Exit(1) from None
    except (TokenRefused, SlackTokenRefused) as refused:
        complain(str(refused))
        raise typer.Exit(2) from None
    except ProgramFileError as error:
        complain(f"The program cannot be used. {error}")
        raise typer.Exit(2) from None
