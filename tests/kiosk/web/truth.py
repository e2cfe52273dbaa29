"""The night as PROMISES.md and DESIGN.md tell it, written again beside our code.

Nothing here asks the code what it thinks: whoever changes a rule changes it twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.night import Clock

MAY_BECOME: Mapping[str, frozenset[str]] = {
    "waiting": frozenset({"approved", "private", "removed"}),
    "approved": frozenset({"private", "removed"}),
    "private": frozenset({"approved", "removed"}),
    "removed": frozenset(),
}
DECISIONS = tuple(MAY_BECOME)
UNDO = 10.0  # seconds in which a removal can be undone; then its bytes go
UNDOABLE = 20  # a volunteer's newest acts
MOST = 61  # promises on a wall
DONE = ""

Verdict = str
"""What a verb is answered: DONE, or the name of the error."""


@dataclass(slots=True, eq=False, kw_only=True)
class Promise:
    """What the guests, the volunteers and the clock have made of one promise.

    `wished` is what the bucket is to do: hold it, not hold it, or nothing was said.
    """

    id: str
    token: str
    code: str
    words: str
    number: int
    place: str  # its folder, in the album
    for_wall: bool
    has_face: bool
    heard: list[str] = field(default_factory=list)  # all the words it ever carried
    said: str | None = None
    revision: int = 1
    decision: str = "waiting"
    is_hidden: bool = False
    is_withdrawn: bool = False
    is_erased: bool = False
    is_known: bool = True  # a rebuild forgets what is gone
    changed_at: float = 0.0
    wished: bool | None = None

    @property
    def is_gone(self) -> bool:
        return self.is_withdrawn or self.is_erased or self.decision == "removed"

    @property
    def opens(self) -> bool:
        """Whether its link opens the photo's page."""
        is_looked_at = self.decision in ("approved", "private")
        return is_looked_at and not self.is_hidden and not self.is_gone

    @property
    def hangs(self) -> bool:
        """Whether walls show it while they are not blank."""
        return self.for_wall and self.opens and self.decision == "approved"

    @property
    def asks(self) -> bool:
        """Whether its guest asked for it back and waits for an answer."""
        return self.is_hidden and not self.is_gone

    @property
    def queues(self) -> bool:
        """Whether volunteers have to look at it."""
        return self.asks or (self.decision == "waiting" and not self.is_gone)

    def __repr__(self) -> str:
        return f"<{self.words or 'erased'} {self.decision} r{self.revision}>"


@dataclass(slots=True, eq=False)
class _Act:
    """What one volunteer did, as undo sees it; a mend brings nothing back."""

    promise: Promise
    revision: int
    before: str | None
    at: float
    is_undone: bool = False


@dataclass(slots=True)
class Truth:
    """What is so, and what each verb is to answer."""

    clock: Clock
    promises: list[Promise] = field(default_factory=list)
    is_blank: bool = False
    count: int = 0  # promises tonight, as the walls count them
    mode: str = "mosaic"
    noted: list[tuple[str, str]] = field(default_factory=list)  # acts, by whose promise
    _acts: dict[str, list[_Act]] = field(default_factory=dict)

    def copy(self) -> "Truth":
        """Begin another night where this one stands."""
        return Truth(
            clock=Clock(self.clock.now),
            promises=[replace(each, heard=[*each.heard]) for each in self.promises],
            count=self.count,
            noted=[*self.noted],
        )

    def keep(self, promise: Promise) -> None:
        self.count += 1
        promise.number = self.count
        promise.heard.append(promise.words)
        self.promises.append(promise)

    def decide(
        self, promise: Promise, decision: str, revision: int, who: str
    ) -> Verdict:
        if not promise.is_known:
            return "UnknownPledge"
        if (promise.decision, promise.revision) == (decision, revision + 1):
            act = self._undoable(promise, who)  # an answer that was lost, asked again
            if act is not None and act.before is not None:
                return DONE
        if revision != promise.revision:
            return "AlreadyDecided"
        if promise.is_withdrawn or decision not in MAY_BECOME[promise.decision]:
            return "NotAllowed"
        self._act(promise, who, before=promise.decision)
        self.note(decision, promise)
        return self._became(promise, decision=decision)

    def undo(self, promise: Promise, who: str) -> Verdict:
        if not promise.is_known:
            return "UnknownPledge"
        act = self._undoable(promise, who)
        if act is None or act.before is None:
            return "NothingToUndo"
        act.is_undone = True
        self.note("undone", promise)
        return self._became(promise, decision=act.before)

    def mend(self, promise: Promise, words: str, revision: int, who: str) -> Verdict:
        is_open = promise.decision == "waiting" and not promise.is_hidden
        if not promise.is_known:
            return "UnknownPledge"
        if is_open and promise.words == words:
            return DONE
        if revision != promise.revision:
            return "AlreadyDecided"
        if not is_open:
            return "NotAllowed"
        self._act(promise, who, before=None)
        self.note("mended", promise)
        promise.heard.append(words)
        return self._became(promise, said=promise.said or promise.words, words=words)

    def hide(self, promise: Promise) -> None:
        """A guest's request; one that follows a removal leaves nobody to ask."""
        if not promise.is_known or promise.is_hidden or promise.is_erased:
            return
        if promise.decision == "removed":
            self.withdraw(promise)
        else:
            self.note("hidden", promise)
            self._became(promise, is_hidden=True)

    def restore(self, promise: Promise) -> Verdict:
        if not promise.is_known:
            return "UnknownPledge"
        if promise.is_gone:
            return "NotAllowed"
        if promise.is_hidden:
            self.note("restored", promise)
            self._became(promise, is_hidden=False)
        return DONE

    def confirm(self, promise: Promise) -> Verdict:
        if not promise.is_known:
            return "UnknownPledge"
        if not promise.asks:
            return "NotAllowed"
        self.withdraw(promise)
        return DONE

    def withdraw(self, promise: Promise) -> None:
        if promise.is_known and not promise.is_withdrawn:
            self.note("withdrawn", promise)
            self._became(promise, is_hidden=True, is_withdrawn=True)

    def note(self, what: str, promise: Promise) -> None:
        """Write a line of the audit, which outlives everything."""
        self.noted.append((what, promise.id))

    def erase(self) -> None:
        """Erase what is withdrawn, and what was removed ten seconds ago."""
        for each in self.promises:
            is_late = self.clock() - each.changed_at >= UNDO
            is_due = each.is_withdrawn or (each.decision == "removed" and is_late)
            if each.is_known and is_due and not each.is_erased:
                self._became(each, is_erased=True, words="", said=None)

    def rebuild(self) -> None:
        """Forget all but the folders: what is gone stays gone, the rest waits."""
        self.is_blank, self.count, self.mode = False, 0, "mosaic"
        self._acts.clear()
        for each in sorted(self.promises, key=lambda promise: promise.id):
            each.wished = False
            if each.is_withdrawn or each.is_erased:
                each.is_known, each.is_erased = False, True
            else:
                self.count += 1
                each.number = self.count
                each.is_hidden = each.is_hidden or each.decision == "removed"
                each.decision = "waiting"

    def count_anew(self, revisions: Mapping[str, int]) -> None:
        """Believe what a rebuild counts by, if no screen can have seen it before."""
        for each in (each for each in self._known if each.id in revisions):
            assert revisions[each.id] > each.revision
            each.revision = revisions[each.id]

    @property
    def hanging(self) -> Sequence[Promise]:
        """What a wall may show, oldest first, were it large enough."""
        hung = [each for each in self._known if each.hangs and not self.is_blank]
        return sorted(hung, key=lambda promise: promise.number)

    @property
    def queue(self) -> Sequence[Promise]:
        """What volunteers have to look at, oldest first."""
        queued = [each for each in self._known if each.queues]
        return sorted(queued, key=lambda promise: promise.number)

    @property
    def tallies(self) -> Mapping[str, int]:
        """How many are what: each is counted once, and not when it is withdrawn."""
        counts = dict.fromkeys((*DECISIONS, "requests"), 0)
        for each in self._known:
            if each.asks:
                counts["requests"] += 1
            elif each.decision == "removed" or not each.is_withdrawn:
                counts[each.decision] += 1
        return counts

    @property
    def _known(self) -> Iterable[Promise]:
        return [each for each in self.promises if each.is_known]

    def _undoable(self, promise: Promise, who: str) -> _Act | None:
        acts = [act for act in self._acts.get(who, []) if not act.is_undone]
        for act in [act for act in acts if act.before][-UNDOABLE:]:
            if act.promise is promise and act.revision == promise.revision:
                is_late = self.clock() - act.at > UNDO
                return None if promise.decision == "removed" and is_late else act
        return None

    def _act(self, promise: Promise, who: str, before: str | None) -> None:
        act = _Act(promise, promise.revision + 1, before, self.clock())
        self._acts.setdefault(who, []).append(act)

    def _became(self, promise: Promise, **changes: object) -> Verdict:
        for name, value in changes.items():
            setattr(promise, name, value)
        promise.revision += 1
        promise.changed_at = self.clock()
        if promise.opens:
            promise.wished = True
        elif promise.wished:
            promise.wished = False
        return DONE
