"""The programs that ship with Grapevine."""

from importlib import resources

from referrals.program_file.reading import ProgramFileError, Remark


def preset_names() -> list[str]:
    """List the programs that ship with Grapevine."""
    folder = resources.files("referrals") / "presets"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def preset(name: str) -> str:
    """Return the text of a program that ships with Grapevine; raises ProgramFileError for an unknown name."""
    if name not in preset_names():
        known = ", ".join(preset_names())
        raise ProgramFileError(Remark(message=f"There is no preset called {name}. There are: {known}."))
    return (resources.files("referrals") / "presets" / f"{name}.toml").read_text(encoding="utf-8")


def preset_summary(name: str) -> str:
    """Say in one line what a preset is: the note at its beginning."""
    first = preset(name).partition("\n")[0]
    return first.removeprefix("#").strip() if first.startswith("#") else ""
