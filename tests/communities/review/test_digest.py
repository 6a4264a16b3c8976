"""What waits too long is told once a day; the log as a file."""

import csv
import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from accounts.notices import choose_letters
from communities.enums import Action, VocabularyAct
from communities.exporting import log_rows, safe_cell
from communities.models import Comment, Report, Submission, Value, ValueProposal
from communities.services.reports import add_report, warn
from communities.services.talking import add_comment
from communities.services.team import set_role
from communities.services.vocabulary import propose_value, record
from communities.subjects import find
from tests import factories


def waiting_for(days, submission):
    moment = timezone.now() - timedelta(days=days, minutes=5)
    Submission.objects.filter(pk=submission.pk).update(submitted_at=moment)


def digest() -> str:
    out = io.StringIO()
    call_command("digest", stdout=out)
    return out.getvalue().strip()


def test_staff_hear_once_a_day_what_waits_longer_than_promised(cast, settings):
    settings.REVIEW_PROMISE_DAYS = 5
    other = factories.person("Ada L.", is_staff=True)
    choose_letters(other, wanted={"desk"})
    waiting_for(5, factories.submitted(cast.author, "In time"))
    assert digest() == "Nothing waits too long."
    waiting_for(6, factories.submitted(cast.author, "Late"))
    waiting_for(9, factories.submitted(cast.author, "Later"))
    Notice.objects.all().delete()
    assert [digest(), digest()] == ["2 past promise."] * 2
    notices = Notice.objects.order_by("user__name")
    assert [(n.user, n.title) for n in notices] == [
        (other, "2 designs wait longer than promised"),
        (cast.staff, "2 designs wait longer than promised"),
    ]
    [letter] = mail.outbox
    assert letter.to == [cast.staff.email]
    assert "9 days: Later\n6 days: Late\n" in letter.body
    assert "In time" not in letter.body
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        digest()
    assert len(mail.outbox) == 2


def test_what_else_waits_too_long_stands_in_it(cast, settings):
    settings.REVIEW_PROMISE_DAYS = 5
    shown = factories.published(cast.author, cast.staff)
    add_report(find("design", str(shown.catalogue_number)), problem="other")
    add_comment(shown, kind="tried", text="Held.", name="Kim")
    add_comment(shown, kind="tried", text="Held too.", name="Lee")
    proposal = propose_value(by=cast.author, name="Candour", short="Short.", why="Why.")
    for model, days in ((Report, 6), (Comment, 9), (ValueProposal, 5)):
        moment = timezone.now() - timedelta(days=days, minutes=5)
        model.objects.update(created_at=moment)
    Notice.objects.all().delete()
    mail.outbox.clear()
    assert digest() == "3 past promise."
    notice = Notice.objects.get()
    assert notice.title == "1 report, 2 comments wait longer than promised"
    assert notice.path == "/review/reports/"
    [letter] = mail.outbox
    assert "1 report, for up to 6 days: http" in letter.body
    assert "2 comments, for up to 9 days: http" in letter.body
    assert "proposal" not in letter.body
    ValueProposal.objects.filter(pk=proposal.pk).update(created_at=moment - timedelta(days=9))
    Report.objects.update(decided_at=timezone.now(), decision="keep")
    Comment.objects.update(state="shown")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert digest() == "1 past promise."
    assert Notice.objects.latest("pk").title == "1 proposal waits longer than promised"


def test_the_log_comes_as_a_table_without_formulas_and_as_json(cast, desk):
    row = factories.submitted(cast.author)
    factories.move(row, Action.REQUEST_CHANGES, by=cast.staff)
    factories.submit_for_review(row.community, by=cast.author, note='=1+1,"x"')
    text = b"".join(desk.get(reverse("review_log_csv")).streaming_content).decode()
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [(line["action"], line["by"], line["note"]) for line in lines] == [
        ("submit", "Amara T.", ""),
        ("request-changes", "Robin S.", "Because."),
        ("resubmit", "Amara T.", '\'=1+1,"x"'),
    ]
    data = json.loads(b"".join(desk.get(reverse("review_log_json")).streaming_content))
    assert [event["note"] for event in data] == ["", "Because.", '=1+1,"x"']
    assert data[2] | {"when": ""} == {
        "when": "",
        "about": "submission",
        "key": str(row.pk),
        "design": "the-mending-circle",
        "version": 2,
        "action": "resubmit",
        "from": "changes-requested",
        "to": "submitted",
        "by": "Amara T.",
        "person": "",
        "note": '=1+1,"x"',
    }


def test_what_was_reported_and_said_stands_in_the_log_among_the_moves(cast, desk):
    made = factories.published(cast.author, cast.staff)
    comment = Comment.objects.create(
        community=made, kind="tried", text="Buy!", author=cast.classmate, state="shown"
    )
    subject = find("comment", str(comment.pk))
    add_report(subject, problem="advertising", words="It sells something.")
    warn(subject, by=cast.staff, person=cast.classmate, reason="=We sell nothing.")
    unpublished = made.submissions.get()
    factories.move(unpublished, Action.UNPUBLISH, by=cast.staff)
    data = json.loads(b"".join(desk.get(reverse("review_log_json")).streaming_content))
    assert [(line["about"], line["action"]) for line in data] == [
        ("submission", "submit"),
        ("submission", "approve"),
        ("comment", "received"),
        ("comment", "warn"),
        ("submission", "unpublish"),
    ]
    assert data[3] | {"when": ""} == {
        "when": "",
        "about": "comment",
        "key": str(comment.pk),
        "design": made.slug,
        "version": "",
        "action": "warn",
        "from": "",
        "to": "",
        "by": "Robin S.",
        "person": cast.classmate.name,
        "note": "=We sell nothing.",
    }
    table = b"".join(desk.get(reverse("review_log_csv")).streaming_content).decode()
    assert "'=We sell nothing." in table
    assert len(list(csv.DictReader(io.StringIO(table)))) == len(data)


def test_changes_of_teams_and_of_the_vocabulary_stand_in_it_too(cast, desk):
    made = factories.team(cast.teammate, made=factories.community(cast.author, "Bench Swap"))
    set_role(made, made.members.get(user=cast.teammate).pk, role="lead", by=cast.author)
    record(Value.objects.get(slug="care"), VocabularyAct.EDITED, by=cast.staff, short=["=A", "B"])
    data = json.loads(b"".join(desk.get(reverse("review_log_json")).streaming_content))
    nothing = dict.fromkeys(data[0], "")
    assert [line | {"when": ""} for line in data] == [
        nothing
        | {"about": "team", "design": "bench-swap", "action": "joined"}
        | {"by": cast.teammate.name, "person": cast.teammate.name},
        nothing
        | {"about": "team", "design": "bench-swap", "action": "leads"}
        | {"by": "Amara T.", "person": cast.teammate.name},
        nothing
        | {"about": "value", "key": "care", "action": "edited", "by": "Robin S."}
        | {"note": '{"short": ["=A", "B"]}'},
    ]


def test_the_log_costs_four_queries_however_long_it_is(cast, django_assert_num_queries):
    for n in range(3):
        row = factories.submitted(cast.author, f"Design {n}")
        factories.move(row, Action.DECLINE, by=cast.staff)
    with django_assert_num_queries(4):
        assert len(list(log_rows())) == 6


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\n@x", "＝1"])
def test_a_cell_that_begins_like_a_formula_is_a_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", "1-2", "", "Fine."])
def test_other_cells_stay_as_they_are(text):
    assert safe_cell(text) == text
