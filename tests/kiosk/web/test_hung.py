"""What hangs, and any pledge by its code or its time, for volunteers alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from kiosk import store
from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge, Scope
from kiosk.web.roles import Role
from tests.kiosk.web.people import Device, a_device
from tests.night import a_consent, a_plan, a_pledge, kept

ENGLISH = {"Accept-Language": "en"}
WORDS = "Mình sẽ kể cho bạn nghe."


@pytest.fixture
def approved(booth: Booth) -> Pledge:
    """Have one pledge that hangs."""
    return decided(booth, kept(booth, a_plan(WORDS)), Decision.APPROVED)


def decided(booth: Booth, pledge: Pledge, decision: Decision) -> Pledge:
    """Decide as some volunteer."""
    return booth.desk.decide(
        pledge.id, decision, revision=pledge.revision, who="somebody"
    )


def found(volunteer: Device, question: str = "") -> str:
    """Return what is drawn for a question."""
    answer = volunteer.get(f"/moderation/found?{question}", ENGLISH)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_without_a_question_it_is_what_hangs_newest_first(
    volunteer: Device, booth: Booth, approved: Pledge
) -> None:
    newer = decided(booth, kept(booth), Decision.APPROVED)
    others = [kept(booth), decided(booth, kept(booth), Decision.PRIVATE)]
    not_for_the_wall = kept(booth, a_plan(consent=a_consent(scopes=[Scope.ALBUM])))
    others.append(decided(booth, not_for_the_wall, Decision.APPROVED))

    said = found(volunteer)

    assert said.index(newer.id) < said.index(approved.id)
    assert not [each for each in others if each.id in said]
    assert "The newest come first." in said


def test_a_pledge_is_found_by_its_code_in_every_state_it_may_be_in(
    volunteer: Device, booth: Booth
) -> None:
    states = {
        "Waiting": kept(booth),
        "Private": decided(booth, kept(booth), Decision.PRIVATE),
        "On the wall": decided(booth, kept(booth), Decision.APPROVED),
        "Hidden until you answer": booth.desk.hide(kept(booth).token),
    }

    for state, pledge in states.items():
        said = found(volunteer, f"code={pledge.code.lower()[3:]}")
        assert pledge.id in said
        assert (pledge.words in said) is (state != "Waiting")
        assert state in said
        assert "1 found." in said


def test_what_waits_is_for_the_eyes_of_who_holds_it_in_the_queue(
    volunteer: Device, booth: Booth
) -> None:
    pledge = kept(booth)

    said = found(volunteer, f"code={pledge.code}")

    for hidden in (pledge.words, "/pictures/", pledge.token):
        assert hidden not in said
    assert f'data-open="{pledge.id}"' in said


def test_of_what_is_gone_only_that_it_is_gone_is_said(
    volunteer: Device, booth: Booth, approved: Pledge
) -> None:
    removed = decided(booth, kept(booth), Decision.REMOVED)
    withdrawn = booth.desk.withdraw(approved.id)

    for pledge, state in ((removed, "Removed"), (withdrawn, "Gone for good")):
        said = found(volunteer, f"code={pledge.code}")
        assert state in said
        for secret in (pledge.words, pledge.token, "/pictures/", "data-hung"):
            assert secret not in said


def test_a_pledge_is_found_by_the_time_it_was_kept(
    volunteer: Device, approved: Pledge
) -> None:
    time = approved.kept_at.astimezone().strftime("%H:%M")

    assert approved.id in found(volunteer, f"from={time}&to={time}")
    assert approved.id in found(volunteer, f"from={time}")
    assert approved.id in found(volunteer, f"to={time}")


def test_a_pledge_that_was_kept_at_another_time_is_not_found(
    volunteer: Device, approved: Pledge
) -> None:
    earlier = approved.kept_at.astimezone() - timedelta(minutes=30)
    said = found(volunteer, f"from={earlier:%H:%M}&to={earlier:%H:%M}")

    assert approved.id not in said
    assert "Nothing was kept then." in said


def test_of_several_booths_one_is_chosen_with_a_time_or_without(
    volunteer: Device, booth: Booth, approved: Pledge
) -> None:
    assert 'name="booth"' not in volunteer.get("/moderation", ENGLISH).text
    another = a_pledge(Decision.APPROVED, scopes=(Scope.WALL,))
    another = replace(another, booth="Quầy <2>", kept_at=approved.kept_at)
    with booth.house.database.transaction() as db:
        store.add(db, another)
    time = approved.kept_at.astimezone().strftime("%H:%M")

    page = volunteer.get("/moderation", ENGLISH).text
    hanging = found(volunteer, "booth=Qu%E1%BA%A7y+%3C2%3E")
    then = found(volunteer, f"booth=Qu%E1%BA%A7y+1&from={time}")

    assert "<option>Quầy &lt;2&gt;</option>" in page
    assert another.id in hanging
    assert approved.id not in hanging
    assert approved.id in then
    assert another.id not in then


def test_one_pledge_is_drawn_again_by_its_id(
    volunteer: Device, booth: Booth, approved: Pledge
) -> None:
    booth.desk.star(approved.id, is_starred=True)

    said = found(volunteer, f"pledge={approved.id}")

    assert 'data-revision="3"' in said
    assert 'aria-pressed="true"' in said
    assert volunteer.get("/moderation/found?pledge=nobody").status_code == 404


@pytest.mark.parametrize(
    "question",
    [
        "from=8pm",
        "from=24:00",
        "to=20:60",
        "from=%D9%A2%D9%A0:10",
        "from=20:10%00",
        f"code={'4' * 41}",
        "who=me",
        "from=20:10&to=now",
        f"booth={'x' * 41}",
    ],
)
def test_a_question_that_is_none_is_refused(volunteer: Device, question: str) -> None:
    assert volunteer.get(f"/moderation/found?{question}").status_code == 400


@pytest.mark.parametrize("code", ["%00", "%ff", "%25", "----", "%F0%9F%91%8D"])
def test_a_code_that_is_none_finds_nothing(
    volunteer: Device, approved: Pledge, code: str
) -> None:
    assert approved.id not in found(volunteer, f"code={code}")


@pytest.mark.parametrize("role", [Role.WALL, Role.BOOTH, Role.OPERATOR, Role.ASLEEP])
def test_only_a_volunteer_looks_for_pledges(
    app: Flask, approved: Pledge, role: Role
) -> None:
    answer = a_device(app, role).get(f"/moderation/found?code={approved.code}")

    assert answer.status_code == 403
    assert approved.id not in answer.text


def test_a_pull_back_is_a_decision_and_can_be_undone(
    volunteer: Device, booth: Booth, approved: Pledge
) -> None:
    body = {"decision": "private", "revision": approved.revision}
    answer = volunteer.post(f"/pledges/{approved.id}/decision", body)
    assert answer.status_code == 200
    assert approved.id not in found(volunteer)

    assert volunteer.post(f"/pledges/{approved.id}/undo", {}).status_code == 200

    assert approved.id in found(volunteer)
    with booth.house.database.reading() as db:
        assert store.get(db, approved.id).is_on_wall
