"""Measure, each figure beside its target: `python -m benchmarks [NAME…]`.

Exits 1 when a target is missed. What a later issue brings is named, not hidden.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

import psutil

from benchmarks.promised import GROUPS, PROMISED, Group, Later
from benchmarks.table import Row, exit_code, failed, show, show_heads


def main(
    arguments: Sequence[str] | None = None, groups: Mapping[str, Group] = GROUPS
) -> int:
    """Measure what is asked for, all by default, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(groups))
    names = parser.parse_args(arguments).names
    if unknown := set(names) - set(groups):
        parser.error(f"no figure is named {', '.join(sorted(unknown))}")
    show_heads()
    rows = [row for name in names or groups for row in _measured(name, groups[name])]
    if not names:
        _say_what_comes_later()
    return exit_code(rows)


def _measured(name: str, group: Group) -> Sequence[Row]:
    load = f"load {psutil.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"{name} … ({load})", file=sys.stderr, flush=True)
    try:
        rows = group()
    except (AssertionError, OSError, RuntimeError) as error:  # the others go on
        rows = [failed(name, error)]
    show(rows)
    return rows


def _say_what_comes_later() -> None:
    for figure, brought in PROMISED.items():
        if isinstance(brought, Later):
            print(f"not measured yet: {figure} (issue {brought.issue})")


if __name__ == "__main__":
    sys.exit(main())
