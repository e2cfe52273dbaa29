"""What people rely on is written down: each key, driver, target and command."""

import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from msgspec import structs

from camera.driver import OURS
from kiosk.config import ROOT, Config
from sync.settings import Settings as CloudSettings

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PAPERS = sorted(ROOT.glob("*.md"))


@pytest.mark.parametrize("section", ["booth", "server", "camera", "cloud", "wall"])
def test_readme_lists_every_key_of_the_config(section: str) -> None:
    row = next(line for line in README.splitlines() if f"| `[{section}]` |" in line)

    keys = [field.name for field in structs.fields(getattr(Config(), section))]
    assert [key for key in re.findall(r"`(\w+)`", row) if key != section] == keys


@pytest.mark.parametrize("source", ["auto", *OURS, "module:Class"])
def test_readme_and_config_name_every_kind_of_camera(source: str) -> None:
    assert f"`{source}`" in README
    assert f'"{source}"' in (ROOT / "config.toml").read_text(encoding="utf-8")


def test_contributing_and_config_name_every_kind_of_bucket() -> None:
    kinds = get_args(get_type_hints(CloudSettings)["kind"])

    assert f"Ours: {', '.join(f'`{kind}`' for kind in kinds)} |" in CONTRIBUTING
    explained = (ROOT / "config.toml").read_text(encoding="utf-8")
    assert all(f'"{kind}" is ' in explained for kind in kinds)


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)

    assert targets[:2] == ["run", "test"]
    assert not [each for each in targets if f"`make {each}`" not in CONTRIBUTING]


def test_every_command_is_explained() -> None:
    code = (ROOT / "kiosk" / "__main__.py").read_text(encoding="utf-8")
    commands = re.findall(r'add_parser\(\s*"([a-z]+)"', code)

    assert commands
    assert not [each for each in commands if f"| `{each}` |" not in README]


def test_every_library_is_listed_with_its_licence_and_reason() -> None:
    listed = re.sub(r"[\s-]", "", ARCHITECTURE.lower())
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'^    "([a-z0-9-]+)(?:\[\w+\])?>=', project, re.MULTILINE)

    assert len(names) > 20
    short = (name.replace("-", "") for name in names)
    known = {"opencvpythonheadless": "opencv", "boto3stubslite": "typestubs"}
    assert not [each for each in short if known.get(each, each) not in listed]


def test_readme_begins_with_the_two_commands_and_three_pictures() -> None:
    commands, pictures = README.index("make run"), README.index("docs/pictures")

    assert commands < README.index("make test") < pictures < README.index("\n## ")
    named = re.findall(r"\((docs/pictures/\w+\.jpg)\)", README)
    assert len(named) == 3
    assert all((ROOT / picture).is_file() for picture in named)


def test_architecture_stays_about_a_page() -> None:
    assert len(ARCHITECTURE.splitlines()) <= 120


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_file_that_a_paper_names_is_there(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    named = re.findall(r"`((?:\w+/)+\w+\.(?:py|html|js|css|toml|po))\b", text)

    gone = [each for each in named if "WORD" not in each and "CODE" not in each]
    assert not [each for each in gone if not (ROOT / each).exists()]
