"""Which of the approved pledges one wall is for."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from kiosk.pledge import Pledge

MOST = 20  # booths and themes that one wall may name


@dataclass(frozen=True, slots=True)
class Filter:
    """What a wall asks for: these booths and themes; empty means any."""

    booths: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, query: str) -> "Filter":
        """Read a wall's address: `theme=listen&theme=call&booth=Quầy 1`."""
        asked = parse_qs(query)
        booths, themes = asked.get("booth", [])[:MOST], asked.get("theme", [])[:MOST]
        return cls(frozenset(booths), frozenset(themes))

    @property
    def query(self) -> str:
        """Write it as in a wall's address, always in the same order."""
        booths = [("booth", each) for each in sorted(self.booths)]
        return urlencode([*booths, *(("theme", each) for each in sorted(self.themes))])

    def lets(self, pledge: Pledge) -> bool:
        """Say whether a pledge is for this wall."""
        is_here = not self.booths or pledge.booth in self.booths
        return is_here and (not self.themes or pledge.theme in self.themes)


EVERYTHING = Filter()
