"""Simulating caps: what rewards and prizes take up of them over a history, and which was full when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from referrals.caps import Asked, Owners, full, takes
from referrals.judging import Grant
from referrals.program import Program
from referrals.simulation_records import Full, Memory, Report, Taken


@dataclass(kw_only=True)
class Room:
    """What is left of every cap of a program."""

    program: Program
    memory: Memory
    report: Report
    line: int = 0  # of the row that is played, to name it where a cap was full

    def take(self, asked: Grant | Asked, at: datetime, owners: Owners) -> tuple[Taken, ...] | None:
        """Take a place under every cap; or none, and note which was full."""
        taken: list[Taken] = []
        for take in takes(asked, self.program, at, owners) if self.program.caps else ():
            if not self.memory.take(take):
                self.give_back(taken)
                decision = full(take, self.program, at, has=0)
                self.report.refuse(decision.outcome, self.line)
                self.report.caps.setdefault(decision.rule, Full(first=at, line=self.line)).times += 1
                return None
            taken.append((take.cap.name, take.owner, take.period, take.unit, take.worth))
        return tuple(taken)

    def give_back(self, taken: Iterable[Taken]) -> None:
        """Give places back."""
        for each in taken:
            self.memory.give_back(each)
