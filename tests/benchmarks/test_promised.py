"""Each figure of the design is measured, or named with the issue that brings it."""

import re
from collections.abc import Sequence

import pytest

from benchmarks.__main__ import main
from benchmarks.promised import GROUPS, PROMISED, Group, Later
from benchmarks.table import Row, at_most

DESIGN = (
    "≤ 1.3 x a bare encode",
    "≤ 1.8 x",
    "≤ 1.0 x more",
    "cleaned or refused in < 5 ms",
    "shutter to shown draft: ≤ 2 x its parts, median < 60 ms",
    "dark merge: < 120 ms",
    "≤ 1.5 x, median < 40 ms",
    "the camera's rate, ≤ 5 % of a core, ≤ 100 ms behind",
    "50 screens: p99 ≤ 25 ms",
    "500 screens: p99 ≤ 60 ms",
    "≤ 4 x a bare asyncio SSE server",
    "500 entries behind is whole again in ≤ 1 s",
    "60 tiles, 1 photo a second, 6 x throttle: ≤ 1 % missed",
    "100,000 pledges: ≤ 1.5 x those at 100",
    "10 Mbit/s link: ≥ 95 % of raw TCP",
    "start to first page: < 1 s",
    "camera open: < 160 MB PSS",
)
"""The targets of the design's table, in its order."""


@pytest.mark.parametrize("target", DESIGN)
def test_each_target_of_the_design_is_named_once(target: str) -> None:
    assert sum(target in figure for figure in PROMISED) == 1


def test_each_figure_is_measured_or_comes_with_an_issue() -> None:
    for figure, brought in PROMISED.items():
        if isinstance(brought, Later):
            assert re.fullmatch(r"[2-8]/8", brought.issue), figure
        else:
            assert brought in GROUPS, figure


def test_nothing_is_measured_that_nobody_promised() -> None:
    assert set(GROUPS) == {each for each in PROMISED.values() if isinstance(each, str)}


def test_a_name_that_measures_nothing_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["speed"])

    assert refused.value.code == 2
    assert "no figure is named speed" in capsys.readouterr().err


def test_the_bench_exits_with_1_when_a_target_is_missed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([], {"slow": a_night_of(2.0)}) == 1
    assert main([], {"quick": a_night_of(0.5)}) == 0
    assert "MISSED" in capsys.readouterr().out


def test_a_figure_that_fails_does_not_take_the_others_with_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fails() -> Sequence[Row]:
        raise RuntimeError("the camera is lost")

    assert main([], {"broken": fails, "quick": a_night_of(0.5)}) == 1
    said = capsys.readouterr().out
    assert "the camera is lost" in said
    assert "| ok" in said


def test_what_comes_later_is_named_with_its_issue(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main([], {"quick": a_night_of(0.5)})

    said = capsys.readouterr().out
    for figure, brought in PROMISED.items():
        if isinstance(brought, Later):
            assert f"not measured yet: {figure} (issue {brought.issue})" in said


def a_night_of(seconds: float) -> Group:
    """Measure one figure whose target is a second."""
    return lambda: [at_most("start", seconds, 1, "s")]
