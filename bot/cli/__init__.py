"""The commands, one file each."""

import typer

from bot.cli import (
    appeals,
    broadcast,
    codes,
    doctor,
    manifest,
    merge,
    migrate,
    outbox,
    program,
    rewards,
    run,
    simulate,
    team,
)

commands = typer.Typer(
    name="grapevine",
    help="Run a referral program inside the chat your customers use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its frames would show tokens and names
)
commands.command("run")(run.run)
commands.command("migrate")(migrate.run_migrations)
commands.command("doctor")(doctor.doctor)
commands.command("manifest")(manifest.print_manifest)
commands.command("broadcast", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(
    broadcast.broadcast
)
commands.add_typer(outbox.commands, name="outbox")
program.commands.command("simulate")(simulate.simulate)
commands.add_typer(program.commands, name="program")
commands.add_typer(merge.commands, name="customers")
commands.add_typer(team.commands, name="team")
commands.add_typer(rewards.commands, name="rewards")
commands.add_typer(appeals.commands, name="appeals")
commands.add_typer(codes.commands, name="codes")
