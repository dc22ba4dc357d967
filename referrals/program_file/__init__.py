"""The program file: TOML text in, a program or an explanation out, and the way back."""

from referrals.program_file.presets import preset, preset_names, preset_summary
from referrals.program_file.reading import Checked, ProgramFileError, Remark, check_program, read_program
from referrals.program_file.writing import program_text

__all__ = [
    "Checked",
    "ProgramFileError",
    "Remark",
    "check_program",
    "preset",
    "preset_names",
    "preset_summary",
    "program_text",
    "read_program",
]
