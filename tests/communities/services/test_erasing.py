"""Erasing a person: nothing of them is left, and what others made and the log says stays."""

import json

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from communities.enums import Action, Status
from communities.models import Community, Photo, Remark, Submission, SubmissionEvent
from communities.services.erasing import erase
from communities.services.implementations import add_reflection
from communities.services.redacting import NOBODY, Words
from communities.services.reviewing import write_remark
from tests import factories

TOKEN = "Zanzibara Q."


@pytest.fixture
def person(db):
    return factories.person(TOKEN)


def everything() -> str:
    """Every row of the database, as text."""
    rows = (row for model in apps.get_models() for row in model._base_manager.values())
    return "\n".join(json.dumps(row, default=str, ensure_ascii=False) for row in rows)


def shared(person, cast):
    """A published design of three, full of one person's name."""
    made = factories.community(person, "Shared", credit=f"Thanks to {TOKEN}")
    factories.team(cast.author, cast.teammate, made=made)
    run = made.implementations.get()
    add_reflection(run, by=person, author=person, worked_well=f"{TOKEN} held the relay.")
    factories.photo(made, by=person, credit=TOKEN, caption=f"By {TOKEN}")
    factories.publish(made, by=person, staff=cast.staff)
    row = factories.submit_for_review(made, by=cast.author, note=f"{TOKEN} measured it.")
    write_remark(
        row, by=cast.staff, target="whole", target_key="", label="The whole", text=f"Ask {TOKEN}."
    )
    factories.move(row, Action.REQUEST_CHANGES, by=cast.staff)
    return made


def test_nothing_of_the_person_is_left_and_the_facts_of_the_log_are(
    person, cast, django_capture_on_commit_callbacks
):
    made = shared(person, cast)
    Client().force_login(person)
    client = Client()
    client.force_login(person)
    facts = [(e.action, e.from_status, e.to_status) for e in SubmissionEvent.objects.all()]
    assert TOKEN in everything()
    assert person.email in everything()
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, by=person)
    left = everything()
    assert (TOKEN in left, "zanzibara" in left) == (False, False)
    events = list(SubmissionEvent.objects.select_related("actor"))
    assert [(e.action, e.from_status, e.to_status) for e in events][: len(facts)] == facts
    assert events[0].actor.name == NOBODY
    assert {event.action for event in events[len(facts) :]} == {"redact"}
    snapshot = Community.objects.get(pk=made.pk).published_version.snapshot
    assert [member["name"] for member in snapshot["team"]] == ["Amara T.", "Jun-ho P."]
    assert NOBODY in [
        reflection["author"]
        for run in snapshot["implementations"]
        for reflection in run["reflections"]
    ]
    assert (snapshot["credit"], Photo.objects.get().caption) == (
        f"Thanks to {NOBODY}",
        f"By {NOBODY}",
    )
    assert Remark.objects.get().text == f"Ask {NOBODY}."
    assert client.get(reverse("studio")).status_code == 302
    gone = User.objects.get(pk=person.pk)
    assert (gone.is_active, gone.has_usable_password()) == (False, False)


def test_a_team_keeps_its_design_and_gets_another_lead(person, cast):
    made = shared(person, cast)
    erase(person, by=person)
    assert [(m.user, m.role) for m in made.members.all()] == [
        (cast.author, "lead"),
        (cast.teammate, "designer"),
    ]
    assert Community.objects.get(pk=made.pk).is_published


def test_what_nobody_else_answers_for_is_deleted_or_withdrawn(person, cast):
    factories.community(person, "Never submitted")
    factories.submitted(person, "Waiting")
    factories.published(person, cast.staff, "Public")
    erase(person, by=person)
    assert sorted(Community.objects.values_list("title", flat=True)) == ["Public", "Waiting"]
    found = dict(Submission.objects.values_list("community__title", "status"))
    assert found == {"Waiting": Status.WITHDRAWN, "Public": Status.PUBLISHED}
    assert Community.objects.get(title="Public").is_published
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Mei", "Mei, Meissen and (Mei)", "*, Meissen and (*)"),
        ("Will", "Will says that we will.", "* says that we will."),
        (
            "Ana Q.",
            "By Ana Q. and ANA Q, in ana-q_plan.pdf; Joana Q.",
            "By * and *, in *_plan.pdf; Joana Q.",
        ),
        (
            "",
            "ana@example.org or Ana@Example.org, not joana@example.org",
            "* or *, not joana@example.org",
        ),
    ],
)
def test_a_name_is_taken_out_as_a_word_and_not_out_of_others(name, text, left):
    assert Words(name, ("ana@example.org",)).out_of(text, instead="*") == left


def test_people_erase_themselves_with_one_word(cast, sign_in):
    client = sign_in(cast.author)
    here = reverse("account_erase")
    for sent in ({}, {"confirm": "yes"}):
        assert client.post(here, sent).status_code == 422
    assert User.objects.get(pk=cast.author.pk).is_active
    assert client.post(here, {"confirm": " Erase "}).url == reverse("home")
    assert User.objects.get(pk=cast.author.pk).name == NOBODY
    assert client.get(reverse("studio")).status_code == 302


def test_staff_erase_members_and_superusers_staff(cast, sign_in):
    here = reverse("review_erase")
    other = factories.person("Ada L.", is_staff=True)
    client = sign_in(cast.staff)
    for email in ("nobody@example.org", cast.staff.email, other.email):
        assert client.post(here, {"email": email, "confirm": "erase"}).status_code == 422
    sent = {"email": cast.classmate.email.upper(), "confirm": "erase"}
    assert client.post(here, sent).url == reverse("review")
    assert User.objects.get(pk=cast.classmate.pk).name == NOBODY
    root = factories.person("Root R.", is_staff=True, is_superuser=True)
    sign_in(root).post(here, {"email": other.email, "confirm": "erase"})
    assert not User.objects.get(pk=other.pk).is_staff
