"""A person who left words in every corner: none of them is left in any column or file."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.enums import InvitationKind
from accounts.models import Enrolment, Invitation, Notice, Suspension, TakenHandle, User, Waiting
from accounts.services import enrol, offer, take_place
from communities.enums import Action, CommentKind, ReportDeed, ReportProblem, TeamRole
from communities.models import (
    Comment,
    Community,
    DesignImport,
    Photo,
    Report,
    ReportEvent,
    ReviewChecklist,
    SectionTemplate,
    SubmissionEvent,
    TeamEvent,
    UnsavedText,
    ValueProposal,
)
from communities.services.document import save_section
from communities.services.erasing import erase
from communities.services.implementations import add_reflection
from communities.services.profiles import save_profile
from communities.services.redacting import NOBODY
from communities.services.reviewing import write_remark, write_staff_note
from communities.services.talking import add_comment, answer, forget_comments
from communities.snapshot import Snapshot
from tests import factories

NAME = "Zanzibara Quillfeather"
EMAIL = "zanzibara.quillfeather@example.org"
SECOND = "quill-second@example.net"
HANDLE = "zq-handle-77"
# None of them may stand anywhere, in whatever case.
WORDS = ("zanzibara", "quillfeather", "quill-second", HANDLE, "pronoun-zq", "about-zq", "said-zq")
WORDS += ("unsaved-zq", "secret-checklist-zq", "original-zq", "suspended-zq")


def columns_with(words) -> list[str]:
    """Every table and word where one stands in a column of any kind, virtual tables included."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, cell in zip(names, row, strict=True):
                    data = cell.tobytes() if isinstance(cell, memoryview) else cell
                    text = data.decode("latin-1") if isinstance(data, bytes) else str(data)
                    found += [f"{table}.{name}: {w}" for w in words if w in text.lower()]
    return sorted(set(found))


def files_with(words, root) -> list[str]:
    paths = [path for path in Path(root).rglob("*") if path.is_file()]
    assert paths
    texts = {str(path): f"{path} {path.read_bytes().decode('latin-1')}".lower() for path in paths}
    return [f"{path}: {word}" for path, text in texts.items() for word in words if word in text]


@pytest.fixture
def person(db):
    made = factories.person(NAME)
    assert made.email == EMAIL
    made.emailaddress_set.create(email=SECOND, verified=True)
    return made


@pytest.fixture
def made(person, cast):
    """A published design of three, whose every text names the person, and all around it."""
    by = f"{NAME} <{EMAIL}>"
    made = factories.community(person, f"{NAME}’s circle", credit=f"Thanks to {by}", summary=by)
    factories.team(cast.author, cast.teammate, made=made)
    for template in SectionTemplate.objects.exclude(key="big-purpose"):
        if template.layout == "prose":
            save_section(made, template, by=person, revision=0, body=by, why=f"For {NAME}")
    template = SectionTemplate.objects.get(layout="roles")
    roles = {"layout": "roles", "roles": [{"role": f"Host: {by}", "does": by}]}
    save_section(made, template, by=person, revision=0, structure=roles)
    run = made.implementations.get()
    add_reflection(run, by=person, author=person, worked_well=f"{NAME.upper()} held the relay.")
    upload = factories.picture_file("original-zq.png")
    factories.photo(made, by=person, upload=upload, credit=NAME, caption=f"By {by}")
    factories.attachment(made, by=person, name="zanzibara-quillfeather_plan.csv", caption=by)
    factories.publish(made, by=person, staff=cast.staff)
    row = factories.submit_for_review(made, by=cast.author, note=f"{by} measured it.")
    write_remark(
        row, by=cast.staff, target="whole", target_key="", label="The whole", text=f"Ask {by}."
    )
    write_staff_note(row, by=cast.staff, text=f"I know {by}.")
    ReviewChecklist.objects.create(
        submission=row, reviewer=person, version=row.version, note="secret-checklist-zq"
    )
    factories.move(row, Action.REQUEST_CHANGES, by=cast.staff)
    return made


@pytest.fixture
def around(person, made, cast):
    by = f"{NAME} <{SECOND}>"
    save_profile(
        person,
        handle=HANDLE,
        pronouns="pronoun-zq",
        about="about-zq",
        is_public=True,
        is_of_age=True,
    )
    comment = add_comment(made, kind=CommentKind.QUESTION, text="said-zq", author=person)
    asked = add_comment(made, kind=CommentKind.TRIED, text="What of the queue?", author=cast.staff)
    answer(asked, text="said-zq as well", by=person)
    add_comment(
        made, kind=CommentKind.TRIED, text=f"As @{HANDLE} said, {HANDLE}.", author=cast.staff
    )
    Comment.objects.create(community=made, name=NAME, email=SECOND, text="From home", state="shown")
    things = {"kind": "comment", "key": str(comment.pk), "community": made, "maker": person}
    title, harm = f"A comment by {NAME}", ReportProblem.HARMFUL
    Report.objects.create(**things, title=title, problem=harm, words=f"{by} is rude", email=SECOND)
    things.pop("maker")
    log = {"deed": ReportDeed.WARN, "actor": cast.staff, "person": person, "reason": f"To {by}"}
    ReportEvent.objects.create(**things, **log)
    other = factories.community(cast.classmate, "Elsewhere", credit=f"Write to {SECOND}")
    factories.publish(other, by=cast.classmate, staff=cast.staff)
    offer(
        by=cast.staff,
        kind=InvitationKind.COHORT,
        lasts=timedelta(days=9),
        email=SECOND,
        cohort=factories.cohort("Autumn 2027"),
    )
    Suspension.objects.create(user=person, reason="suspended-zq", created_by=cast.staff)
    ValueProposal.objects.create(name="Calm", short="Calm", why=f"{by} asks", proposed_by=person)
    UnsavedText.objects.create(user=person, path="/studio/", fields="text=unsaved-zq")
    DesignImport.objects.create(
        by=person, file_name="zanzibara quillfeather.csv", content=b"zanzibara"
    )
    DesignImport.objects.create(
        by=person, file_name=f"{NAME}.csv", kept=[f"By {by}"], confirmed_at=timezone.now()
    )
    person.groups.add(Group.objects.create(name="Helpers"))
    changed = f'[{{"added": {{"name": "enrolment", "object": "{NAME} in Spring"}}}}]'
    LogEntry.objects.create(
        user=cast.staff,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=NAME,
        action_flag=ADDITION,
        change_message=changed,
    )
    Notice.objects.create(
        user=cast.staff,
        key=str(uuid.uuid4()),
        kind="reported",
        title=f"The profile of {NAME} was reported",
        path=reverse("person", args=[HANDLE]),
        letter=f"{by} https://example.org/people/{HANDLE}/",
        letter_due_at=timezone.now() + timedelta(days=1),
    )


def test_no_word_of_them_is_left_in_any_column_or_file(
    person, made, around, cast, settings, django_capture_on_commit_callbacks
):
    before = {found.rpartition(" ")[2] for found in columns_with(WORDS)}
    assert before == set(WORDS)
    facts = list(SubmissionEvent.objects.values_list("action", "actor", "created_at"))
    reported = list(ReportEvent.objects.values_list("deed", "actor", "person", "created_at"))
    team = list(TeamEvent.objects.order_by("pk").values_list("action", "person", "created_at"))
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, by=cast.staff)
    # SQLite's index keeps single words, tied to no design, until it is tidied.
    assert [found for found in columns_with(WORDS) if "_fts_data." not in found] == []
    call_command("rebuild_search", verbosity=0)
    assert columns_with(WORDS) == []
    assert files_with(WORDS, settings.MEDIA_ROOT) == []
    # What happened, and when, is told as before, by “a former member”.
    events = SubmissionEvent.objects.values_list("action", "actor", "created_at")
    assert list(events)[: len(facts)] == facts
    events = ReportEvent.objects.values_list("deed", "actor", "person", "created_at")
    assert list(events) == reported
    events = TeamEvent.objects.order_by("pk").values_list("action", "person", "created_at")
    assert list(events)[: len(team)] == team
    assert [event[:2] for event in events[len(team) :]] == [
        ("leads", cast.author.pk),
        ("left", person.pk),
    ]
    assert ReportEvent.objects.get(deed="warn").reason == f"To {NOBODY} <{NOBODY}>"
    assert str(User.objects.get(pk=person.pk)) == NOBODY
    assert TakenHandle.objects.get().user is None
    left = Community.objects.get(pk=made.pk)
    assert (left.title, left.slug, left.is_published) == (
        f"{NOBODY}’s circle",
        f"design-{made.pk}",
        True,
    )
    assert Photo.objects.get().caption == f"By {NOBODY} <{NOBODY}>"


def test_what_they_said_is_emptied_and_its_row_stays(person, made, cast):
    comment = add_comment(made, kind=CommentKind.QUESTION, text="said-zq", author=person)
    other = add_comment(made, kind=CommentKind.QUESTION, text="Theirs", author=cast.staff)
    forget_comments(person)
    rows = Comment.objects.order_by("pk").values_list("pk", "text", "state", "author")
    assert list(rows) == [
        (comment.pk, "", "removed", person.pk),
        (other.pk, "Theirs", "shown", cast.staff.pk),
    ]
    deeds = ReportEvent.objects.filter(kind="comment").values_list("key", "deed")
    assert list(deeds) == [(str(comment.pk), "written"), (str(other.pk), "written")]


def test_a_hidden_lesson_that_named_them_stays_hidden(person, cast):
    made = factories.community(person)
    factories.team(cast.author, made=made)
    factories.insight(made, by=person, headline=f"Never ask {NAME}")
    made = factories.publish(made, by=person, staff=cast.staff)
    snapshot = Snapshot.from_json(made.published_version.snapshot)
    digest = next(note.digest for note in snapshot.insights if NAME in note.headline)
    Community.objects.filter(pk=made.pk).update(hidden_insights=[digest])
    erase(person, by=person)
    left = Community.objects.select_related("published_version").get(pk=made.pk)
    snapshot = Snapshot.from_json(left.published_version.snapshot)
    shown = snapshot.without_insights(left.hidden_insights)
    assert [note.headline for note in snapshot.insights] == [
        "Teach it tomorrow",
        f"Never ask {NOBODY}",
    ]
    assert [note.headline for note in shown.insights] == ["Teach it tomorrow"]


def test_the_lead_goes_to_who_can_sign_in(person, cast):
    made = factories.team(cast.author, cast.teammate, made=factories.community(person))
    made.members.filter(user=cast.author).update(role=TeamRole.LEAD)
    User.objects.filter(pk=cast.author.pk).update(is_active=False)
    erase(person, by=person)
    roles = made.members.values_list("user", "role")
    assert list(roles) == [(cast.author.pk, "lead"), (cast.teammate.pk, "lead")]


def test_their_place_in_a_cohort_goes_to_who_waits(person, cast):
    full = factories.cohort(capacity=1)
    enrol(person, cohort=full)
    take_place(cast.author, cohort=full)
    other = factories.cohort("Autumn 2027", capacity=1)
    enrol(cast.teammate, cohort=other)
    take_place(person, cohort=other)
    erase(person, by=person)
    assert list(full.enrolments.values_list("user", flat=True)) == [cast.author.pk]
    assert (Waiting.objects.count(), Enrolment.objects.count()) == (0, 2)
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("handle", "text", "left"),
    [
        ("mei-7", "@mei-7, Mei-7’s and mei-7.", f"{NOBODY}, {NOBODY}’s and {NOBODY}."),
        ("mei-7", "mei-70, xmei-7, mei-7-x, mei@mei-7x", "mei-70, xmei-7, mei-7-x, mei@mei-7x"),
        ("bench", "A bench for @bench; a@bench.org", f"A bench for {NOBODY}; a@bench.org"),
    ],
)
def test_a_handle_goes_out_of_texts_and_a_word_of_the_language_stays(cast, handle, text, left):
    person = factories.person(NAME)
    save_profile(person, handle=handle, pronouns="", about="", is_public=True, is_of_age=True)
    made = factories.team(cast.author, made=factories.community(person, summary=text))
    elsewhere = factories.community(cast.classmate, "Elsewhere", summary="By mei-7 and by bench")
    page = f"example.org/people/{handle}"
    linking = factories.community(
        cast.classmate, "Linking", summary=f"{page}, {page}/ and {page}/x, not {page}9/"
    )
    erase(person, by=person)
    assert Community.objects.get(pk=made.pk).summary == left
    assert Community.objects.get(pk=elsewhere.pk).summary == "By mei-7 and by bench"
    host = f"example.org{NOBODY}"
    assert Community.objects.get(pk=linking.pk).summary == (
        f"{host}, {host} and {host}/x, not {page}9/"
    )


@pytest.mark.parametrize("by_staff", [False, True])
def test_a_name_that_they_had_before_goes_too(
    cast, client, by_staff, django_capture_on_commit_callbacks
):
    person = factories.person("Wilhelmina Oldquill")
    made = factories.team(cast.author, made=factories.community(person))
    factories.publish(made, by=person, staff=cast.staff)
    _rename(client, person, NAME, by=cast.staff if by_staff else person)
    assert columns_with(["wilhelmina"])
    with django_capture_on_commit_callbacks(execute=True):
        erase(User.objects.get(pk=person.pk), by=cast.staff)
    call_command("rebuild_search", verbosity=0)
    assert columns_with(["wilhelmina", *WORDS[:2]]) == []


def _rename(client, person, name, *, by) -> None:
    client.force_login(by)
    if by == person:
        client.post(reverse("account_details"), {"name": name})
    else:
        client.post(reverse("admin:accounts_user_change", args=[person.pk]), {"name": name})
    assert User.objects.get(pk=person.pk).name == name


def test_a_namesake_elsewhere_keeps_the_name(person, cast):
    other = factories.community(cast.classmate, "Elsewhere", credit=f"Thanks to {NAME}")
    erase(person, by=person)
    assert Community.objects.get(pk=other.pk).credit == f"Thanks to {NAME}"


@pytest.mark.parametrize("name", ["care", "workshop", "lead", "ran", "big-purpose"])
def test_a_person_who_is_called_like_a_choice_takes_none_away(name, cast):
    person = factories.person(name)
    made = factories.team(cast.author, made=factories.community(person))
    made = factories.publish(made, by=person, staff=cast.staff)
    before = made.published_version.snapshot
    erase(person, by=person)
    after = Community.objects.get(pk=made.pk).published_version.snapshot
    assert [after["kind"], after["implementations"][0]["outcome"]] == ["workshop", "ran"]
    assert [value["slug"] for value in after["values"]] == ["care", "mastery"]
    assert after["sections"][0]["key"] == before["sections"][0]["key"]
    assert [member["name"] for member in after["team"]] == [cast.author.name]
    assert Snapshot.from_json(after).title == "The Mending Circle"
