"""The command line: `python -m kiosk run`, and the operator's other acts."""

import argparse
import logging
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from kiosk import config as settings
from kiosk import fonts, store
from kiosk.album import ALBUM, Album, AlbumFull, NotSaved
from kiosk.config import Config, ConfigError
from kiosk.database import DATABASE, DatabaseBroken
from kiosk.fonts import FontsMissing
from kiosk.layout import COLOURS, DRAWINGS, Format
from kiosk.store.audit import COMMAND
from kiosk.web import opening, pairing, server
from kiosk.web.opening import CannotOpen
from kiosk.web.roles import Role

SAID_WHY = 1
MISUSED = 2
SAYS_WHY = (CannotOpen, DatabaseBroken, AlbumFull, NotSaved, FontsMissing)
DEVICES = (Role.VOLUNTEER.value, Role.WALL.value, Role.BOOTH.value)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the operator asks and return the exit code."""
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    for ours in ("camera", "kiosk", "sync"):
        logging.getLogger(ours).setLevel(logging.INFO)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # it logs whole addresses
    for theirs in ("engineio.server", "socketio.server", "waitress", "pyvips"):
        logging.getLogger(theirs).setLevel(logging.CRITICAL)  # a stranger's bad frames
    try:
        asked.act(asked)
    except ConfigError as error:
        return _said(error, MISUSED)
    except SAYS_WHY as error:
        return _said(error, SAID_WHY)
    except KeyboardInterrupt:
        return 0
    return 0


def run(asked: argparse.Namespace) -> None:
    """Open the booth and serve until stopped."""
    fonts.use()
    config = _config(asked)
    event = settings.event_of(config)
    data = asked.data.absolute()
    opening.prepare(data)
    with opening.alone(data):
        host, port = asked.host or config.server.host, asked.port or config.server.port
        listening = opening.listen(config, event, data, host=host, port=port)
        _mend(data)
        for line in opening.greeting(listening):
            _say(line)
        server.serve(listening)


def _mend(data: Path) -> None:
    """Make the database anew when it cannot be read: the album is the truth."""
    try:
        with opening.closing_database(data):
            pass
    except DatabaseBroken:
        _say("The database was damaged: it is put aside, and made anew.")
        _rebuild(data)


def link(asked: argparse.Namespace) -> None:
    """Print a link that lets the operator's own device in, once."""
    opening.reopen(asked.data)
    _say(opening.one_time_link(asked.data, Role.OPERATOR))


def pair(asked: argparse.Namespace) -> None:
    """Print a link and its QR that let one device in, once; or list the devices."""
    if asked.list == bool(asked.role):
        asked.parser.error(f"say one of {', '.join(DEVICES)}, or --list")
    opening.reopen(asked.data)
    if asked.list:
        for line in pairing.listed(asked.data):
            _say(line)
    else:
        found = opening.one_time_link(asked.data, Role(asked.role), asked.name)
        pairing.draw(found, sys.stdout)
        for line in pairing.explained(asked.data, found):
            _say(line)


def revoke(asked: argparse.Namespace) -> None:
    """End the pairing of a device, or of all of them."""
    if asked.all == bool(asked.name):
        asked.parser.error("say the device's name, or --all")
    opening.reopen(asked.data)
    for line in pairing.revoke(asked.data, " ".join(asked.name)):
        _say(line)


def make_anew(asked: argparse.Namespace) -> None:
    """Make the database anew from the album's folders."""
    opening.reopen(asked.data)
    with opening.alone(asked.data):
        _rebuild(asked.data)


def take_down(asked: argparse.Namespace) -> None:
    """Withdraw the pledge that carries a short code, for good."""
    from kiosk.booth import open_booth

    opening.reopen(asked.data)
    config = _config(asked)
    event = settings.event_of(config)
    booth = open_booth(config, event, asked.data, config.server.public_url)
    letters = "".join(asked.code).upper().replace(" ", "")
    code = f"{letters[:2]} {letters[2:]}"
    with booth.house.database.reading() as db:
        found = store.by_code(db, code)
    if not found:
        raise CannotOpen(f"No photo carries the code {code}.")
    for pledge in found:
        booth.desk.withdraw(pledge.id, who=COMMAND)
    if not booth.desk.erase():
        raise CannotOpen(
            f"{code}: withdrawn, and out of sight everywhere; but the disk refused to "
            "erase it. Start the booth: it tries again."
        )
    _say(f"{code}: withdrawn; erased here, and on its way out of the bucket.")


def export(asked: argparse.Namespace) -> None:
    """Write the audit into a file."""
    from kiosk.booth.export import AlreadyThere, export_audit

    opening.reopen(asked.data)
    with suppress(DatabaseBroken), opening.closing_database(asked.data):
        pass  # what an older version wrote is moved out of it
    try:
        count = export_audit(asked.data, asked.out)
    except AlreadyThere as error:
        raise CannotOpen(str(error)) from error
    except OSError as error:
        raise CannotOpen(f"{asked.out}: {error.strerror}.") from error
    _say(f"{asked.out}: {count} lines.")


def draw_card(asked: argparse.Namespace) -> None:
    """Draw one card outside the booth, or say what on it could not be read."""
    # Only here: the process that watches the server holds no picture library.
    from kiosk import stamp, words
    from kiosk.booth import sample

    _understand(asked)
    config = _config(asked)
    event = settings.event_of(config)
    layout = sample.layout_of(event, asked.template, asked.format)
    wanted = sample.Sample(
        words=asked.text,
        layout=layout,
        photo=asked.photo,
        colour=asked.colour,
        drawing=asked.drawing,
    )
    try:
        wrong = sample.look(wanted, config, event) if asked.check else ()
        if asked.out:
            asked.out.write_bytes(sample.draw(wanted, config, event))
            _say(f"{asked.out}: drawn.")
    except (stamp.PhotoRefused, stamp.UnreadableCode, words.WordsRefused) as error:
        raise CannotOpen(str(error)) from error
    except OSError as error:
        raise CannotOpen(f"{asked.out}: {error.strerror}.") from error
    if asked.check:
        _judge(f"{layout.folder.name} {layout.format}", wrong)


def _understand(asked: argparse.Namespace) -> None:
    if not asked.out and not asked.check:
        asked.parser.error("say --out FILE, --check, or both")
    if asked.out and asked.photo and asked.out.resolve() == asked.photo.resolve():
        asked.parser.error("--out would replace the photo")


def _judge(name: str, wrong: Sequence[str]) -> None:
    if wrong:
        raise CannotOpen("\n".join(wrong))
    _say(f"{name}: no faults.")


def measure_flags(asked: argparse.Namespace) -> None:
    """Print how often the event's lists are right on labelled sentences."""
    from kiosk.flags import sample

    lists = settings.event_of(_config(asked)).lists
    for file in asked.sample or sample.SAMPLES:
        sentences = sample.read(file, lists)
        for line in sample.told(file.name, sentences, wrong=asked.wrong):
            _say(line)


def _rebuild(data: Path) -> None:
    # Only here: the process that watches the server holds no camera library.
    from kiosk.booth.recovery import rebuild

    back = rebuild(Album(data / ALBUM), data / DATABASE)
    _say(f"{back} photos are back, and wait for a volunteer. Pair each device again.")


def _config(asked: argparse.Namespace) -> Config:
    return settings.load(asked.config)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kiosk", description=__doc__)
    acts = parser.add_subparsers(required=True, metavar="act")
    begin = _on_data(acts.add_parser("run", help="open the booth"))
    begin.add_argument("--config", type=Path, help="another config.toml")
    begin.add_argument("--host", help="where to listen, instead of config.toml's")
    begin.add_argument("--port", type=_port, help="which port, 1 to 65535")
    begin.set_defaults(act=run)
    _add_devices(acts)
    anew = _on_data(acts.add_parser("rebuild", help="make the database anew"))
    anew.set_defaults(act=make_anew)
    _add_card(acts.add_parser("card", help="draw one card, or check a template"))
    down = _on_data(acts.add_parser("takedown", help="withdraw a photo for good"))
    down.add_argument("--config", type=Path, help="another config.toml")
    down.add_argument("code", nargs="+", help="the short code, such as HN 4K7P")
    down.set_defaults(act=take_down)
    _add_flags(acts.add_parser("flags", help="measure the lists of flagged words"))
    _add_export(acts.add_parser("export", help="write the audit into a file"))
    return parser


def _add_devices(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    own = _on_data(acts.add_parser("link", help="let the operator's device in, once"))
    own.set_defaults(act=link)
    one = _on_data(acts.add_parser("pair", help="let another device in, once, by a QR"))
    one.add_argument("role", nargs="?", choices=DEVICES)
    one.add_argument("--name", default="", help='such as "Mai\'s tablet"')
    one.add_argument("--list", action="store_true", help="the devices that are paired")
    one.set_defaults(act=pair, parser=one)
    out = _on_data(acts.add_parser("revoke", help="end the pairing of a device"))
    out.add_argument("name", nargs="*", help="as the list of pair says it")
    out.add_argument("--all", action="store_true", help="of every device")
    out.set_defaults(act=revoke, parser=out)


def _add_flags(flags: argparse.ArgumentParser) -> None:
    flags.add_argument("sample", nargs="*", type=Path, help="labelled sentences")
    flags.add_argument(
        "--wrong", action="store_true", help="print what they got wrong, too"
    )
    flags.add_argument("--config", type=Path, help="another config.toml")
    flags.set_defaults(act=measure_flags)


def _add_export(out: argparse.ArgumentParser) -> None:
    out.description = (
        "Write who did what, when, by which device, as CSV. "
        "This part only: photos and pledges are not exported yet."
    )
    _on_data(out)
    out.add_argument("--audit", action="store_true", required=True, help="the audit")
    out.add_argument("--out", type=Path, required=True, help="the new CSV file")
    out.set_defaults(act=export)


def _add_card(card: argparse.ArgumentParser) -> None:
    card.add_argument("photo", nargs="?", type=Path, help="left out: without a face")
    card.add_argument("--text", default="Mình hứa", help="the guest's words")
    card.add_argument("--template", help="its name, or a folder")
    card.add_argument("--format", type=Format, choices=list(Format))
    card.add_argument("--colour", default=COLOURS[0], choices=COLOURS)
    card.add_argument("--drawing", default=DRAWINGS[0], choices=DRAWINGS)
    card.add_argument("--out", type=Path, help="the JPEG to write")
    card.add_argument(
        "--check", action="store_true", help="say what could not be read; exit 1"
    )
    card.add_argument("--config", type=Path, help="another config.toml")
    card.set_defaults(act=draw_card, parser=card)


def _on_data(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--data", type=Path, default=Path("data"), help="the folder")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text}: expected a port, 1 to 65535")
    return int(text)


def _said(error: Exception, code: int) -> int:
    print(error, file=sys.stderr)  # the command line speaks
    return code


def _say(line: str) -> None:
    print(line, flush=True)  # the command line speaks


if __name__ == "__main__":
    sys.exit(main())
