"""Flags: what a volunteer should look at twice. They drop and decide nothing."""

from enum import StrEnum

from kiosk.flags.lists import Lists, load_lists
from kiosk.flags.spelling import spelled
from kiosk.flags.traces import traces

__all__ = ["OF_WORDS", "Flag", "Lists", "load_lists", "of_words"]


class Flag(StrEnum):
    """Why a volunteer should look twice, in the order in which they are told."""

    HELP = "help"
    RUDE = "rude"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    LINK = "link"
    SCHOOL = "school"
    BLURRED = "blurred"
    DARK = "dark"
    AGAIN = "again"


OF_WORDS = tuple(Flag)[: tuple(Flag).index(Flag.BLURRED)]
"""Those that words alone can have; the others are of pictures."""


def of_words(words: str, lists: Lists) -> tuple[Flag, ...]:
    """Say what cleaned words hold, by the event's lists and by their shape."""
    tokens = spelled(words)
    listed = lists.by_flag.items()
    found = {flag for flag, entries in listed if entries.is_in(tokens)}
    found |= traces(words, lists.helplines)
    return tuple(flag for flag in Flag if flag in found)
