"""What a booth's own screens do, over one kept-alive connection."""

import json
from http.client import HTTPConnection
from typing import Any

WORDS = "Mình sẽ lắng nghe và không đổ lỗi"
ASKED = {"language": "vi", "words": WORDS, "people": 1, "age": "18+"}


class Line:
    """A screen's connection to a booth on this machine, with the screen's cookie."""

    def __init__(self, port: int) -> None:
        """Call the booth on this port."""
        self._base = f"http://127.0.0.1:{port}"
        self._line = HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookie = ""

    def get(self, path: str) -> bytes:
        """Fetch a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, **body: object) -> Any:  # noqa: ANN401  # JSON is anything
        """Send JSON and return the answer's, None when it is empty."""
        answer = self._ask("POST", path, json.dumps(body).encode())
        return json.loads(answer) if answer else None

    def hang_up(self) -> None:
        """Call anew next time: the booth may hang up a line that was idle."""
        self._line.close()

    def begin(self, *, face: bool) -> str:
        """Open a visit."""
        self.hang_up()
        visit = self.post("/visits", **ASKED, face=face, scopes=["wall"])
        return str(visit["visit"])

    def keep_a_card(self) -> None:
        """Keep a card without a face, as one guest does."""
        visit = self.begin(face=False)
        self.post(f"/visits/{visit}/shoot")
        self.post(f"/visits/{visit}/keep")

    def pair(self, link: str) -> None:
        """Become a volunteer's device, by a one-time link."""
        self.hang_up()
        self.post(f"/enter/{link.rpartition('/')[2]}")

    def waiting(self) -> list[str]:
        """Return the ids of the pledges that wait, oldest first."""
        self.hang_up()
        told = json.loads(self.get("/moderation/feed?after="))
        return [entry["id"] for entry in told["entries"]]

    def approve(self, pledge_id: str) -> None:
        """Approve a pledge that nobody has decided about yet."""
        self.post(f"/pledges/{pledge_id}/decision", decision="approved", revision=1)

    def _ask(self, method: str, path: str, body: bytes | None) -> bytes:
        headers = {"Origin": self._base, "Content-Type": "application/json"}
        if self._cookie:
            headers["Cookie"] = self._cookie
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        data = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {data[:200]!r}")
        if cookie := answer.headers.get("Set-Cookie"):
            self._cookie = cookie.partition(";")[0]
        return data
