"""The attendee's pages: each one file, alone in a bucket or behind our own door."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.event import Event
from kiosk.pledge import Pledge

TEMPLATES = Path(__file__).parent.parent / "templates"

Removal = Literal["door", "mail"]
"""How a guest asks for removal: by our own door, or by the campaign's address."""


class Pages:
    """Renders the pages of one event, in all its languages at once."""

    def __init__(self, event: Event, translate: Callable[..., str]) -> None:
        """Speak with `translate(language, message, **values)`."""
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
        script = (TEMPLATES / "page.js").read_text(encoding="utf-8")
        self.policy = _policy(style, script)
        self._event = event
        self._templates.globals.update(
            event=event,
            translate=translate,
            css=style,
            script=script,
            policy=self.policy,
        )

    def photo(self, pledge: Pledge, removal: Removal) -> bytes:
        """Render the page that a guest's link opens, their language first."""
        others = [each for each in self._event.languages if each != pledge.language]
        languages = [pledge.language, *others]
        return self._render("page.html", languages, pledge=pledge, removal=removal)

    def soon(self) -> bytes:
        """Render the page of every link that opens nothing yet, or no more."""
        return self._render("soon.html", self._event.languages)

    def removed(self) -> bytes:
        """Render the answer to a request for removal."""
        return self._render("removed.html", self._event.languages)

    def _render(self, name: str, languages: Sequence[str], **more: object) -> bytes:
        template = self._templates.get_template(name)
        return template.render(languages=languages, **more).encode()


def _policy(style: str, script: str) -> str:
    return (
        "default-src 'none'; img-src 'self' data:; "
        f"style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}'; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
    )


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
