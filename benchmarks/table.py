"""The one table: each figure beside its target."""

from collections.abc import Sequence
from dataclasses import dataclass

HEADS = ("what", "measured", "target", "", "beside it")
WIDTHS = (48, 16, 15, 6, 0)  # characters


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; without a target it is only told."""

    what: str
    measured: str
    target: str = ""
    is_met: bool = True
    note: str = ""

    @property
    def verdict(self) -> str:
        """Say ok, MISSED, or nothing where there is no target."""
        met = "ok" if self.is_met else "MISSED"
        return met if self.target else ""

    @property
    def cells(self) -> Sequence[str]:
        """The texts of this line."""
        return (self.what, self.measured, self.target, self.verdict, self.note)


def at_most(what: str, figure: float, most: float, unit: str, note: str = "") -> Row:
    """Judge a figure that must not be above its target."""
    return Row(what, _said(figure, unit), f"≤ {most:g} {unit}", figure <= most, note)


def at_least(what: str, figure: float, least: float, unit: str, note: str = "") -> Row:
    """Judge a figure that must not be below its target."""
    return Row(what, _said(figure, unit), f"≥ {least:g} {unit}", figure >= least, note)


def failed(what: str, error: Exception) -> Row:
    """Count a figure that could not be taken as missed."""
    return Row(what, "not measured", "a figure", is_met=False, note=repr(error))


def told(what: str, figure: float, unit: str, note: str = "") -> Row:
    """Tell a figure that has no target."""
    return Row(what, _said(figure, unit), note=note)


def show(rows: Sequence[Row]) -> None:
    """Print lines of the table, as soon as they are known."""
    for row in rows:
        _print(row.cells)


def show_heads() -> None:
    """Print what stands above the table."""
    _print(HEADS)


def exit_code(rows: Sequence[Row]) -> int:
    """Return 1 when a target is missed, else 0."""
    return 0 if all(row.is_met for row in rows) else 1


def _said(figure: float, unit: str) -> str:
    digits = 0 if abs(figure) >= 100 else 1 if abs(figure) >= 10 else 2
    return f"{figure:.{digits}f} {unit}"


def _print(cells: Sequence[str]) -> None:
    padded = (cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    print(" | ".join(padded).rstrip(), flush=True)
