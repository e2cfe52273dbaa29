import subprocess
import sys

from kiosk.config import ROOT

LOADED = """
import psutil
from pathlib import Path
from kiosk import fonts, stamp
from kiosk.event import load_event

fonts.use()
lettering = stamp.Lettering(words="", event_line="Ấ", code="AA 2222", url="p")
stamp.warm(lettering, load_event(Path("event")).layout)
print(*(each.path for each in psutil.Process().memory_maps()))
"""


def test_every_font_and_library_is_loaded_before_the_first_guest() -> None:
    warmed = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    for needed in ("NotoColorEmoji", "phudu-800", "be-vietnam-pro-700", "libvips"):
        assert needed in warmed.stdout, needed
