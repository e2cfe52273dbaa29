"""The table says ok or MISSED, and the exit code with it."""

import pytest

from benchmarks.table import Row, at_least, at_most, exit_code, failed, show, told


def test_a_figure_at_its_target_is_met() -> None:
    assert at_most("keep", 1.5, 1.5, "x").verdict == "ok"
    assert at_least("frames", 95, 95, "%").verdict == "ok"


def test_a_figure_beyond_its_target_is_missed() -> None:
    assert at_most("keep", 1.51, 1.5, "x").verdict == "MISSED"
    assert at_least("frames", 94.9, 95, "%").verdict == "MISSED"


def test_one_missed_target_is_enough_to_exit_with_1() -> None:
    met, missed = at_most("a", 1, 2, "x"), at_most("b", 3, 2, "x")

    assert exit_code([met, missed, met]) == 1
    assert exit_code([met, met]) == 0


def test_a_figure_that_is_only_told_cannot_be_missed() -> None:
    row = told("memory after 5 guests", 1_000_000, "MB")

    assert row.verdict == ""
    assert exit_code([row]) == 0


def test_a_figure_that_cannot_be_taken_is_missed() -> None:
    row = failed("keep", RuntimeError("the camera is lost"))

    assert row.verdict == "MISSED"
    assert "the camera is lost" in row.note
    assert exit_code([row]) == 1


def test_each_figure_stands_beside_its_target(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show([at_most("shutter to draft", 41.76, 60, "ms", "min 28.03"), Row("told", "5")])

    first, second = capsys.readouterr().out.splitlines()
    assert [cell.strip() for cell in first.split("|")] == [
        "shutter to draft",
        "41.8 ms",
        "≤ 60 ms",
        "ok",
        "min 28.03",
    ]
    assert second.startswith("told")
