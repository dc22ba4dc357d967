"""`python -m bot …`, the same as `grapevine …`."""

from bot.cli import commands


def main() -> None:
    """Run the command that was asked for."""
    commands()


if __name__ == "__main__":
    main()
