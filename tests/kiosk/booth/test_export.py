"""The audit: one line an act, with ids alone; and the file it leaves in."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.booth import Booth
from kiosk.booth.export import AlreadyThere, export_audit
from kiosk.booth.house import House
from kiosk.booth.recovery import rebuild, recover
from kiosk.booth.wishes import keys
from kiosk.database import DATABASE
from kiosk.pledge import Decision, Pledge
from kiosk.store import audit, devices
from kiosk.store.modes import Mode
from tests.night import kept, open_house

LAN, MINH = "a1" * 32, "b2" * 32


@pytest.fixture
def pledge(booth: Booth) -> Pledge:
    return kept(booth)


def acts_of(house: House) -> list[tuple[str, str, str]]:
    """Return who did what about which pledge."""
    lines = audit.lines(house.album.root.parent / audit.FILE)
    return [(each.who, each.what, each.about) for each in lines]


def everything_done(booth: Booth, pledge: Pledge) -> None:
    """Do to a pledge and the walls whatever a volunteer can do."""
    desk, hall = booth.desk, booth.hall
    booth.mender.mend(pledge.id, "Mình sẽ nghe.", revision=1, who=LAN)
    desk.decide(pledge.id, Decision.APPROVED, revision=2, who=LAN)
    desk.undo(pledge.id, who=LAN)
    desk.decide(pledge.id, Decision.APPROVED, revision=4, who=MINH)
    desk.star(pledge.id, is_starred=True, who=LAN)
    desk.star(pledge.id, is_starred=False, who=LAN)
    desk.hide(pledge.token)
    desk.restore(pledge.id, who=MINH)
    desk.hide(pledge.token)
    desk.confirm(pledge.id, who=MINH)
    hall.blank(who="192.0.2.9")
    hall.unblank(who=LAN)
    hall.show_as(Mode.STAGE, who=LAN)


def test_every_act_of_a_volunteer_is_one_line(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    everything_done(booth, pledge)

    assert acts_of(house) == [
        (LAN, "mended", pledge.id),
        (LAN, "approved", pledge.id),
        (LAN, "undone", pledge.id),
        (MINH, "approved", pledge.id),
        (LAN, "starred", pledge.id),
        (LAN, "unstarred", pledge.id),
        (audit.GUEST, "hidden", pledge.id),
        (MINH, "restored", pledge.id),
        (audit.GUEST, "hidden", pledge.id),
        (MINH, "withdrawn", pledge.id),
        ("192.0.2.9", "wall blanked", ""),
        (LAN, "wall shown", ""),
        (LAN, "wall as stage", ""),
    ]


def test_what_was_not_done_leaves_no_line(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    booth.desk.star(pledge.id, is_starred=False, who=LAN)
    booth.desk.restore(pledge.id, who=LAN)
    booth.hall.unblank(who=LAN)
    with pytest.raises(Exception, match="first"):
        booth.desk.decide(pledge.id, Decision.PRIVATE, revision=7, who=LAN)

    assert acts_of(house) == []


def test_a_guest_who_asks_twice_is_one_line(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    booth.desk.hide(pledge.token)
    booth.desk.hide(pledge.token)

    assert acts_of(house) == [(audit.GUEST, "hidden", pledge.id)]


def test_a_guest_who_asks_for_what_was_just_removed_is_a_line(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    booth.desk.decide(pledge.id, Decision.REMOVED, revision=1, who=LAN)
    booth.desk.hide(pledge.token)

    assert acts_of(house)[1:] == [(audit.GUEST, "withdrawn", pledge.id)]


def test_a_withdrawal_that_the_power_cut_off_is_a_line_of_the_next_start(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    house.album.mark_gone(pledge.place, keys(pledge))

    recover(house.album, house.database)

    assert acts_of(house) == [(audit.ITSELF, "withdrawn", pledge.id)]


def test_the_booths_own_erasing_leaves_no_line(
    house: House, booth: Booth, pledge: Pledge
) -> None:
    booth.desk.withdraw(pledge.id)
    booth.desk.erase()

    assert acts_of(house) == [(audit.ITSELF, "withdrawn", pledge.id)]


def test_the_file_holds_every_line_and_no_word_of_a_guest(
    house: House, booth: Booth, pledge: Pledge, tmp_path: Path
) -> None:
    everything_done(booth, pledge)
    out = tmp_path / "audit.csv"

    count = export_audit(tmp_path, out)

    text = out.read_text(encoding="utf-8")
    head, *rows = csv.reader(text.splitlines())
    assert head == ["time", "device", "called", "act", "about"]
    assert count == len(rows) == 13
    assert rows[1][1:] == [LAN, "", "approved", pledge.id]
    assert all(datetime.fromisoformat(row[0]).tzinfo for row in rows)
    for secret in (pledge.words, pledge.token, pledge.code, "Mình sẽ nghe."):
        assert secret not in text


def test_devices_that_pair_and_leave_are_in_it_by_what_they_are_called(
    house: House, booth: Booth, pledge: Pledge, tmp_path: Path
) -> None:
    with house.database.transaction() as db:
        cookie = devices.sign_in(db, "volunteer", 1.0, event="e", name="Máy của Mai")
        device = devices.session(db, cookie)
    assert device
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who=device.id)
    with house.database.transaction() as db:
        devices.sign_out(db, device.id, 2.0, who=audit.COMMAND)
    out = tmp_path / "audit.csv"

    export_audit(tmp_path, out)

    _head, *rows = csv.reader(out.read_text(encoding="utf-8").splitlines())
    assert [row[1:] for row in rows] == [
        [device.id, "Máy của Mai", "paired", device.id],
        [device.id, "Máy của Mai", "approved", pledge.id],
        [audit.COMMAND, "", "revoked", device.id],
    ]


@pytest.mark.parametrize("befalls", ["nothing", "lost", "broken"])
def test_nothing_that_befalls_the_database_takes_a_line(
    house: House, booth: Booth, tmp_path: Path, befalls: str
) -> None:
    with house.database.transaction() as db:
        cookie = devices.sign_in(db, "volunteer", 1.0, event="e", name="Máy của Mai")
        device = devices.session(db, cookie)
    assert device
    pledge = kept(booth)
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who=device.id)
    before = acts_of(house)
    house.database.close()
    if befalls == "lost":
        (tmp_path / DATABASE).unlink()
    if befalls == "broken":
        (tmp_path / DATABASE).write_bytes(b"\xff" * 60_000)

    rebuild(house.album, tmp_path / DATABASE)
    again = Booth(open_house(tmp_path))
    again.hall.blank(who=device.id)
    export_audit(tmp_path, tmp_path / "audit.csv")

    assert acts_of(house) == [*before, (device.id, "wall blanked", "")]
    text = (tmp_path / "audit.csv").read_text(encoding="utf-8")
    assert [row[2] for row in csv.reader(text.splitlines())][1:] == ["Máy của Mai"] * 3
    again.house.database.close()


def test_an_export_never_overwrites_and_leaves_nothing_half_written(
    house: House, tmp_path: Path
) -> None:
    out = tmp_path / "audit.csv"
    out.write_text("mine")
    with pytest.raises(AlreadyThere):
        export_audit(tmp_path, out)
    with pytest.raises(OSError, match="No such file"):
        export_audit(tmp_path, tmp_path / "nowhere" / "audit.csv")

    assert out.read_text() == "mine"
    assert [each.name for each in tmp_path.glob("*.part")] == []
