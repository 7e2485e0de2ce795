"""How figures are kept and shown: each with its unit, and as a ratio to a limit of the same run."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `ratio` relates it to a limit of this machine in the same run."""

    name: str
    value: float
    unit: str
    ratio: str = ""
    aim: str = ""


@dataclass(slots=True)
class Report:
    """The figures of one run, printed as they come."""

    figures: list[Figure] = field(default_factory=list)

    def add(self, name: str, value: float, unit: str, *, ratio: str = "", aim: str = "") -> None:
        figure = Figure(name, value, unit, ratio, aim)
        self.figures.append(figure)
        print(_line(figure), flush=True)

    def heading(self, text: str) -> None:
        print(f"\n{text}", flush=True)

    def value(self, name: str) -> float:
        return next(figure.value for figure in self.figures if figure.name == name)


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share (0 to 1) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _line(figure: Figure) -> str:
    value = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:,.2f}"
    return f"  {figure.name:<52} {value:>10} {figure.unit:<14} {figure.ratio:<34} {figure.aim}"
