"""What every page of the studio costs, at one and at many of everything, with a long history.

The design is one of which everything is asked at once: a run ahead that meets with holidays,
reviewers who ask for changes with remarks, news of teammates, a first look.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.enums import Action, Outcome, Target
from communities.models import BusyPeriod, SectionTemplate, Value, Version
from communities.services.document import save_section
from communities.services.implementations import add_implementation, add_reflection
from communities.services.reviewing import write_remark
from communities.services.submitting import submit_for_review
from communities.services.values import save_values
from tests import factories

# The studio promises no page of writing above this.
MOST = 15
HISTORY = 150


def pages(made) -> list[tuple[str, int]]:
    """The address of each page with what it costs."""
    run = made.implementations.filter(outcome=Outcome.NOT_YET_RUN).get()
    ran = made.implementations.filter(outcome=Outcome.RAN).first()
    keys = {
        "run": run.pk,
        "ran": ran.pk,
        "told": ran.reflections.filter(author=None).first().pk,
        "insight": made.insights.first().pk,
        "photo": made.photos.first().pk,
        "attachment": made.attachments.first().pk,
        "member": made.members.last().pk,
        "remark": made.submissions.first().remarks.first().pk,
        "version": 1,
    }
    return [(_address(made, name, wanted, keys), queries) for name, wanted, queries in COSTS]


def _address(made, name: str, wanted: str, keys: dict) -> str:
    part, _, query = wanted.partition("?")
    args = [keys.get(part, part)] if part else []
    here = [] if name == "studio" else [made.slug]
    address = reverse(name, args=[*here, *args])
    return f"{address}?{query.format(**keys)}" if query else address


# A page, the part of the design that it is of with what is asked, and its queries.
COSTS = [
    ("studio", "", 14),
    ("studio_community", "", 15),
    ("studio_about", "", 7),
    ("studio_values", "", 8),
    ("studio_document", "", 6),
    ("studio_section", "structure", 7),
    ("studio_section", "value-questions", 9),
    ("studio_section", "calendar", 7),
    ("studio_section", "barriers", 8),
    ("studio_section", "resources", 7),
    ("studio_photos", "", 6),
    ("studio_photo_focus", "photo", 5),
    ("studio_photo_remove", "photo", 6),
    ("studio_attachments", "", 5),
    ("studio_attachment", "attachment", 5),
    ("studio_implementations", "", 6),
    ("studio_implementation_new", "?after={ran}", 6),
    ("studio_implementation", "run", 8),
    ("studio_announcement", "run", 14),
    ("studio_implementation_remove", "ran", 7),
    ("studio_reflections", "", 7),
    ("studio_reflection_new", "?run={ran}&voice=team", 7),
    ("studio_reflection", "told", 7),
    ("studio_insights", "", 7),
    ("studio_insight_new", "", 5),
    ("studio_insight", "insight", 6),
    ("studio_team", "", 7),
    ("studio_team_invite", "", 4),
    ("studio_team_leave", "", 7),
    ("studio_team_remove", "member", 5),
    ("studio_submit", "", 12),
    ("studio_withdraw", "", 5),
    ("studio_remark", "remark", 5),
    ("studio_versions", "", 6),
    ("studio_version", "version", 6),
    ("studio_compare", "", 5),
    ("studio_compare", "?from=1&to=2", 6),
    ("studio_version_restore", "version", 5),
    ("studio_preview", "", 3),
    ("studio_export_json", "", 3),
    ("studio_export_markdown", "", 3),
]


@pytest.fixture
def full(cast, made):
    """full(number) is a design with that many of everything."""

    def fill(number: int):
        _write(made, cast, number)
        _plan(made, cast, number)
        for count in range(number):
            _happened(made, cast, count)
        _ask_for_changes(made, cast, number)
        _teammates(made, cast, number)
        return made

    return fill


def _write(made, cast, number: int) -> None:
    # The insights speak of mastery.
    rows = [Value.objects.get(slug="mastery"), *Value.objects.exclude(slug="mastery")[:number]]
    values = [{"value": row, "rationale": "Why."} for row in rows]
    save_values(made, by=cast.author, revision=made.values_revision, reasons=values)
    for template in SectionTemplate.objects.exclude(key="big-purpose"):
        save_section(made, template, by=cast.author, revision=0, body="Word " * 50 * number)


def _plan(made, cast, number: int) -> None:
    first = timezone.localdate() + timedelta(days=30)
    sessions = [{"date": first, "title": f"Evening {count}"} for count in range(number)]
    add_implementation(
        made, by=cast.author, outcome=Outcome.NOT_YET_RUN, starts_on=first, sessions=sessions
    )
    for count in range(number):
        BusyPeriod.objects.create(name=f"Feast {count}", starts_on=first, ends_on=first)


def _happened(made, cast, count: int) -> None:
    factories.photo(made, by=cast.author)
    factories.attachment(made, by=cast.author, name=f"{count}.csv", data=b"a,%d\n" % count)
    factories.insight(made, by=cast.author, headline=f"Lesson {count}")
    facts = {"starts_on": date(2025, 3, 3), "participants_within": count}
    run = add_implementation(made, by=cast.author, outcome=Outcome.RAN, **facts)
    for author in (cast.author, cast.teammate, None):
        add_reflection(run, by=cast.author, author=author, worked_well="It held. It did.")


def _ask_for_changes(made, cast, number: int) -> None:
    submission = submit_for_review(made, by=cast.author)
    first = made.versions.first()
    rest = range(first.number + 1, HISTORY * number)
    rows = [
        Version(community=made, number=n, snapshot=first.snapshot, note=f"No {n}") for n in rest
    ]
    Version.objects.bulk_create(rows)
    for count in range(number):
        place = {"target": Target.WHOLE, "target_key": "", "label": "The whole"}
        write_remark(submission, by=cast.staff, text=f"Why {count}?", **place)
    factories.move(submission, Action.REQUEST_CHANGES, by=cast.staff)


def _teammates(made, cast, number: int) -> None:
    for count in range(number):
        person = factories.person(f"Person {count}")
        factories.team(person, made=made)
        factories.insight(made, by=person, headline=f"Of {count}")


@pytest.mark.parametrize("number", [1, 9])
def test_no_page_costs_more_with_more_on_it(sign_in, cast, full, number, django_assert_num_queries):
    client = sign_in(cast.author)
    for address, queries in pages(full(number)):
        with django_assert_num_queries(queries, info=address):
            answer = client.get(address)
        assert (address, answer.status_code) == (address, 200)


def test_the_promise_is_kept():
    assert max(queries for _, _, queries in COSTS) == MOST
