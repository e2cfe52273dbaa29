"""`python -m kiosk flags`: how often the lists are right, and where they are not."""

from pathlib import Path
from shutil import copytree

from kiosk.config import ROOT
from tests.kiosk.test_main import kiosk


def test_it_tells_of_both_halves_of_the_sample() -> None:
    done = kiosk("flags")

    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == "sample.tsv: 214 sentences"
    assert "blind.tsv: 200 sentences" in lines
    assert lines[1].split() == ["flag", "language", "count", "precision", "recall"]


def test_it_measures_an_operators_lists_on_an_operators_sentences(
    tmp_path: Path,
) -> None:
    event = copytree(ROOT / "event", tmp_path / "event")
    (event / "flags" / "rude.en.txt").write_text("blast", encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text(f'[booth]\nevent = "{event.as_posix()}"\n', encoding="utf-8")
    mine = tmp_path / "mine.tsv"
    mine.write_text("en\trude\tBlast them\nen\trude\tBother\n", encoding="utf-8")

    done = kiosk("flags", mine, "--wrong", "--config", config)

    assert done.returncode == 0
    assert done.stdout.splitlines()[2].split() == ["rude", "en", "2", "1.00", "0.50"]
    assert done.stdout.splitlines()[3] == "  en  missed rude: Bother"


def test_a_bad_line_of_a_list_stops_every_start_in_one_line(tmp_path: Path) -> None:
    event = copytree(ROOT / "event", tmp_path / "event")
    (event / "flags" / "help.vi.txt").write_text("cứu em\n..\n", encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text(f'[booth]\nevent = "{event.as_posix()}"\n', encoding="utf-8")

    for act in (["flags"], ["run", "--data", tmp_path / "data"]):
        done = kiosk(*act, "--config", config)

        assert done.returncode == 2
        assert done.stderr == (
            "flags/help.vi.txt, line 2: ..: expected words at both ends.\n"
        )
