"""What volunteers practise on: planted cases, each with its answer and the reason."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Picture = Literal[
    "one",
    "other",
    "two",
    "four",
    "child",
    "family",
    "stranger",
    "bowed",
    "blurred",
    "away",
    "card",
]
"""A drawing in `static/art/practice`, or a card without a face."""

Answer = Literal["approved", "private", "removed", "withdraw", "restore"]
Said = dict[str, Annotated[str, Meta(min_length=1, max_length=120)]]
Reason = dict[str, Annotated[str, Meta(min_length=1, max_length=240)]]

TO_A_REQUEST = frozenset({"withdraw", "restore"})


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A made-up pledge: what it shows, what to decide about it, and why."""

    picture: Picture
    words: Said
    answer: Answer
    why: Reason
    also: tuple[Answer, ...] = ()
    people: Annotated[int, Meta(ge=1, le=6)] = 1
    age: Literal["18+", "16-17", "7-15", "0-6"] = "18+"
    for_the_wall: bool = True
    is_request: bool = False

    @property
    def can_be_answered(self) -> bool:
        """Tell whether its right answers are among those that it offers."""
        answers = {self.answer, *self.also}
        return (
            answers <= TO_A_REQUEST if self.is_request else not answers & TO_A_REQUEST
        )


class Practice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything in practice.toml."""

    case: Annotated[
        tuple[Case, ...],
        Meta(max_length=40, description="at most 40 sections [[case]]"),
    ] = ()
