"""The signals of the night: what happened, told after it is true."""

from dataclasses import dataclass, field

from blinker import Signal


@dataclass(frozen=True, slots=True)
class Events:
    """One booth's signals; each is sent with the pledge it is about."""

    kept: Signal = field(default_factory=Signal)
    """A guest kept a pledge: it is on disk."""

    decided: Signal = field(default_factory=Signal)
    """A pledge changed: decided, undone, mended, hidden, withdrawn, erased, …"""
