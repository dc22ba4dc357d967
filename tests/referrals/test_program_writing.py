"""A program can be written as a file, and whoever reads the file gets the same program."""

from hypothesis import HealthCheck, given, settings

from referrals.program import Program
from referrals.program_file import check_program, program_text, read_program
from tests.referrals.programs import programs


# Drawing a whole program takes hypothesis longer than it allows for one; nothing here is timed.
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(programs())
def test_whatever_a_program_says_is_read_back_from_its_file(program: Program) -> None:
    text = program_text(program)
    assert not [str(fault) for fault in check_program(text, program.zone).faults], text
    read = read_program(text, program.zone)
    assert read == program
    # Written once more it is the same to the letter: there is one form.
    assert program_text(read) == text
