"""`python -m bot …`, the same as `grapevine …`."""

import gc

# Importing makes some 400,000 objects and no garbage; collecting among them costs a fifth of the time to start.
gc.disable()

from bot.cli import commands  # noqa: E402 - after the line above, or it would be of no use


def main() -> None:
    """Run the command that was asked for."""
    gc.freeze()
    gc.enable()
    commands()


if __name__ == "__main__":
    main()
