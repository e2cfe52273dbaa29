"""The signals of the night: what happened, told after it is true."""

from dataclasses import dataclass, field

from blinker import Signal


@dataclass(frozen=True, slots=True)
class Events:
    """One booth's signals; sent with the pledge they are about."""

    kept: Signal = field(default_factory=Signal)
    """A guest kept a pledge: it is on disk."""

    hall: Signal = field(default_factory=Signal)
    """The walls went blank (sent with True), show photos again, or in another way."""

    leases: Signal = field(default_factory=Signal)
    """Who looks at which photo has changed for others too; sent with None."""

    decided: Signal = field(default_factory=Signal)
    """A pledge changed: decided, undone, mended, hidden, withdrawn, erased, …"""
