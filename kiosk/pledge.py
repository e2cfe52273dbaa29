"""The nouns of the night: a pledge, who agreed to what, and what may become of it."""

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kiosk.flags import Flag
from kiosk.hours import working_days_after

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 4  # letters after the booth's prefix
TOKEN_LENGTH = 20  # characters of 5 bits: 100 bits
UNDO_REMOVAL = 10.0  # seconds


class Decision(StrEnum):
    """What the volunteers have decided about a pledge."""

    WAITING = "waiting"
    APPROVED = "approved"
    PRIVATE = "private"
    REMOVED = "removed"


class Retake(StrEnum):
    """Whether a guest was asked for another photo, and what came of it."""

    NOT_ASKED = ""
    ASKED = "asked"
    DECLINED = "declined"  # they keep the photo that there is
    NOBODY = "nobody"  # they left without an answer


MAY_BECOME: Mapping[Decision, frozenset[Decision]] = {
    Decision.WAITING: frozenset(
        {Decision.APPROVED, Decision.PRIVATE, Decision.REMOVED}
    ),
    Decision.APPROVED: frozenset({Decision.PRIVATE, Decision.REMOVED}),
    Decision.PRIVATE: frozenset({Decision.APPROVED, Decision.REMOVED}),
    Decision.REMOVED: frozenset(),
}


class Age(StrEnum):
    """The age band of the youngest in the picture; never a birthdate."""

    ADULT = "18+"
    TEEN = "16-17"
    CHILD = "7-15"
    SMALL = "0-6"


class Scope(StrEnum):
    """What a guest allows beyond keeping their own photo."""

    WALL = "wall"
    CAMPAIGN = "campaign"
    ALBUM = "album"


SCOPES_ALONE: Mapping[Age, frozenset[Scope]] = {
    Age.ADULT: frozenset(Scope),
    Age.TEEN: frozenset({Scope.WALL}),
    Age.CHILD: frozenset(),
    Age.SMALL: frozenset(),
}
"""The scopes open to each age band without a confirmed guardian (PROMISES.md)."""

FACE_ALONE = frozenset({Age.ADULT, Age.TEEN})
"""Who may be photographed without a confirmed guardian."""


class NotInThisLane(ValueError):
    """That choice is not open to this age."""


class GuardianNeeded(ValueError):
    """The youngest is under 7 and no parent is there."""


class NoRetake(ValueError):
    """No other photo may be asked for, or taken, instead of this one."""


class NotAllowed(ValueError):
    """A pledge may not go from where it is to where it was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Who is in the picture and what they agreed to.

    `guardian` is what the screen was told, `confirmed_by` the device of the
    volunteer who saw the adult; nobody can confirm one yet.
    """

    people: int
    age: Age
    guardian: bool
    confirmed_by: str | None
    scopes: frozenset[Scope]
    version: str

    @property
    def has_children(self) -> bool:
        """Whether the youngest is under 16: such a photo is looked at by itself."""
        return self.age in (Age.CHILD, Age.SMALL)


def agree(consent: Consent, *, face: bool) -> Consent:
    """Return the consent if its lane allows it.

    Raises:
        GuardianNeeded: the youngest is under 7 and no guardian is declared.
        NotInThisLane: a face or a scope that this age cannot choose alone.
    """
    if consent.age is Age.SMALL and not consent.guardian:
        raise GuardianNeeded("A parent needs to be with you for this.")
    if face and consent.age not in FACE_ALONE:
        raise NotInThisLane("For this age we make a card without a face.")
    if not consent.scopes <= SCOPES_ALONE[consent.age]:
        raise NotInThisLane("That choice is not open to this age.")

    return consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """One guest's promise, and where it stands.

    `said` is what the guest wrote, once a volunteer has mended the words; `flags` say
    why to look twice, and decide nothing. `replaces` is the pledge of the photo before
    this one, which a volunteer asked its guest to take again, by id.
    """

    id: str
    event: str
    booth: str
    submission: str
    revision: int
    decision: Decision
    is_hidden: bool
    is_withdrawn: bool
    is_erased: bool
    kept_at: datetime
    number: int
    language: str
    words: str
    theme: str | None
    has_face: bool
    colour: str
    drawing: str
    consent: Consent
    code: str
    token: str
    said: str | None = None
    flags: tuple[Flag, ...] = ()
    is_starred: bool = False
    hidden_at: datetime | None = None
    retake: Retake = Retake.NOT_ASKED
    replaces: str | None = None

    @property
    def place(self) -> str:
        """Its folder in the album: the day it was kept, in UTC, and its id."""
        return f"{self.kept_at.date().isoformat()}/{self.id}"

    @property
    def is_reachable(self) -> bool:
        """Whether the guest's own link opens it."""
        decided = self.decision in (Decision.APPROVED, Decision.PRIVATE)
        return decided and not self.is_hidden and not self.is_withdrawn

    @property
    def is_on_wall(self) -> bool:
        """Whether a wall may show it."""
        wanted = Scope.WALL in self.consent.scopes
        return wanted and self.is_reachable and self.decision is Decision.APPROVED

    @property
    def is_waiting(self) -> bool:
        """Whether a volunteer has yet to decide."""
        return self.decision is Decision.WAITING and not self.is_withdrawn

    @property
    def may_be_mended(self) -> bool:
        """Whether its words may be mended and its card be drawn again."""
        return self.is_waiting and not self.is_hidden

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it may be seen by anyone again, but for an undo."""
        return self.is_withdrawn or self.decision is Decision.REMOVED

    @property
    def answer_by(self) -> datetime | None:
        """Until when its guest's request must be answered, where the booth stands."""
        return working_days_after(self.hidden_at, 2) if self.hidden_at else None

    @property
    def is_asked_back(self) -> bool:
        """Whether its guest asked for its removal and nobody has answered yet."""
        return self.is_hidden and not self.is_gone

    def decided(self, decision: Decision) -> "Pledge":
        """Return the pledge as a volunteer's decision leaves it.

        What is approved begins without a star; only an undo brings back the one that
        it had before it was pulled back.

        Raises:
            NotAllowed: MAY_BECOME has no such step, or the pledge is withdrawn.
        """
        if self.is_withdrawn or decision not in MAY_BECOME[self.decision]:
            raise NotAllowed("That can no longer be decided.")

        is_starred = self.is_starred and decision is not Decision.APPROVED
        return self._next(decision=decision, is_starred=is_starred)

    def undone(self, before: Decision) -> "Pledge":
        """Return the pledge with its previous decision, the one way back.

        Raises:
            NotAllowed: it is withdrawn, or its bytes are gone.
        """
        if self.is_withdrawn or self.is_erased:
            raise NotAllowed("This photo is gone; it cannot be brought back.")

        return self._next(decision=before)

    def mended(self, words: str, flags: tuple[Flag, ...] = ()) -> "Pledge":
        """Return the pledge with a typo mended; the guest's own words stay beside.

        Raises:
            NotAllowed: somebody has decided about it, or its guest asks for it back.
        """
        if not self.may_be_mended:
            raise NotAllowed("Only the words of what waits can be mended.")

        return self._next(words=words, said=self.said or self.words, flags=flags)

    def redrawn(self, flags: tuple[Flag, ...] | None = None) -> "Pledge":
        """Return the pledge after its card was drawn or its words looked at again.

        Raises:
            NotAllowed: somebody has decided about it, or its guest asks for it back.
        """
        if not self.may_be_mended:
            raise NotAllowed("Only the card of what waits is drawn again.")

        return self._next(flags=self.flags if flags is None else flags)

    def starred(self, *, is_starred: bool) -> "Pledge":
        """Return the pledge chosen for the stage, or no longer chosen.

        Raises:
            NotAllowed: no wall may show it, so nobody may read it out.
        """
        if is_starred and not self.is_on_wall:
            raise NotAllowed("Only what the wall may show is read out.")

        return self._next(is_starred=is_starred)

    def asked_again(self) -> "Pledge":
        """Return the pledge whose guest is asked for another photo.

        Raises:
            NoRetake: it waits no more, has no photo, or they were asked before.
        """
        if not self.may_be_mended or not self.has_face or self.retake:
            raise NoRetake("Only a waiting photo is taken again, and asked for once.")

        return self._next(retake=Retake.ASKED)

    def answered(self, retake: Retake) -> "Pledge":
        """Return the pledge whose guest has answered, or left without an answer."""
        return self._next(retake=retake)

    def hidden(self, at: datetime) -> "Pledge":
        """Return the pledge as its guest's request leaves it: out of sight at once."""
        return self._next(is_hidden=True, hidden_at=at, is_starred=False)

    def restored(self) -> "Pledge":
        """Return the pledge after a volunteer declined the request.

        Raises:
            NotAllowed: it is gone.
        """
        if self.is_gone:
            raise NotAllowed("This photo is gone; it cannot be brought back.")

        return self._next(is_hidden=False, hidden_at=None)

    def withdrawn(self) -> "Pledge":
        """Return the pledge gone for good."""
        return self._next(is_hidden=True, is_withdrawn=True)

    def erased(self) -> "Pledge":
        """Return the pledge with nothing left of it but that it was."""
        return self._next(is_erased=True, words="", said=None, flags=())

    def _next(self, **changes: object) -> "Pledge":
        return replace(self, revision=self.revision + 1, **changes)  # type: ignore[arg-type]  # one door for every change, each typed above


def new_id() -> str:
    """Make a UUIDv7 (RFC 9562): its first 48 bits are the milliseconds since 1970."""
    milliseconds = (time.time_ns() // 1_000_000) & ((1 << 48) - 1)
    fields = (milliseconds << 80) | secrets.randbits(80)
    fields = fields & ~(0xF << 76) | (0x7 << 76)
    return str(UUID(int=fields & ~(0x3 << 62) | (0x2 << 62)))


def new_token() -> str:
    """Make a link's secret: 20 characters of lower-case Crockford base32."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(TOKEN_LENGTH))


def new_code(prefix: str) -> str:
    """Make a short code that a volunteer can read aloud, such as `HN 4K7P`."""
    letters = (secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return f"{prefix} {''.join(letters)}"


def codes_like(said: str, prefix: str) -> Sequence[str]:
    """Return how the codes begin that somebody may mean: `4k7p`, `hn-4K`, `DN 4K7P`.

    `prefix` is this booth's own, which nobody needs to say.
    """
    letters = "".join(each for each in said.upper() if each.isalnum())
    meant = set()
    if letters.startswith(prefix):
        meant.add(f"{prefix} {letters[len(prefix) :]}")
    if 0 < len(letters) <= CODE_LENGTH:
        meant.add(f"{prefix} {letters}")
    if len(letters) == len(prefix) + CODE_LENGTH:
        meant.add(f"{letters[: len(prefix)]} {letters[len(prefix) :]}")
    return sorted(meant)
