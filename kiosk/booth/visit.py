"""One guest's visit: what they asked for, and how far it has come."""

from dataclasses import dataclass

from camera.driver import Frame
from camera.fault import Fault
from kiosk import stamp
from kiosk.pledge import Consent

RETAKES = 2


class VisitOver(LookupError):
    """That visit has ended, and nothing of it is left."""


class NothingToKeep(Exception):
    """There is no picture to keep yet."""


class NoRetakesLeft(Exception):
    """The photo has been taken as often as it may."""


class CodeUnreadable(Exception):
    """No code could be read back from the card; the camera or memory is at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a guest asked for: their words, who they are, face or colours.

    `said` is what they wrote, if a volunteer has mended the words.
    """

    language: str
    words: str
    theme: str | None
    consent: Consent
    has_face: bool
    colour: str
    drawing: str
    said: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What a card without a face would say, and how it would look."""

    language: str
    words: str
    colour: str
    drawing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One guest at the booth; `frame` and `pictures` are the draft.

    `fault` is what is wrong with the frame, if anything; `replaces` the pledge whose
    photo is taken again, by id.
    """

    id: str
    plan: Plan
    code: str
    token: str
    overlay: stamp.Overlay
    pressed: float = 0.0  # monotonic seconds
    touched: float = 0.0  # monotonic seconds
    shots: int = 0
    drafts: int = 0
    frame: Frame | None = None
    fault: Fault | None = None
    pictures: stamp.Pictures | None = None
    replaces: str | None = None

    @property
    def retakes(self) -> int:
        """How often the photo may still be taken again."""
        return max(0, RETAKES + 1 - self.shots) if self.shots else RETAKES
