"""Staff erase somebody at the desk; then everybody looks at what is left, page by page."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import Invitation
from communities import workflow
from communities.enums import Action, ProposalStatus, ReportProblem
from communities.models import (
    Community,
    Remark,
    Report,
    SectionTemplate,
    Submission,
    SubmissionEvent,
    Topic,
    TopicAlias,
    ValueProposal,
    VocabularyEvent,
)
from communities.services.document import save_section
from communities.services.merging import merge_topic
from communities.services.profiles import save_profile
from communities.services.reviewing import write_remark
from communities.services.team import invite, join
from communities.services.vocabulary import accept_proposal
from communities.snapshot import Snapshot
from communities.tagging import slug_for
from gallery.index import index_community
from tests import factories
from tests.communities.review.desk import address

NAME = "Zanzibara Quillfeather"
EMAIL = "zanzibara.quillfeather@example.org"


@pytest.fixture
def person(db):
    return factories.person(NAME)


@pytest.fixture
def erased(client, django_capture_on_commit_callbacks):
    """erased(person, by=staff): through the form of the desk, with all that follows a commit."""

    def through_the_door(person, *, by):
        client.force_login(by)
        sent = {"email": person.email, "confirm": "erase"}
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(reverse("review_erase"), sent).url == reverse("review")

    return through_the_door


def read(client, *addresses) -> str:
    found = []
    for here in addresses:
        answer = client.get(here, follow=True)
        assert answer.status_code == 200, here
        found.append(b"".join(answer).decode() if answer.streaming else answer.text)
    return "\n".join(found)


def test_no_page_names_them_and_the_log_tells_what_happened(person, cast, client, erased):
    made = factories.community(person, "Shared", credit=f"Thanks to {NAME} <{EMAIL}>")
    factories.team(cast.author, made=made)
    template = SectionTemplate.objects.get(layout="roles")
    roles = {"layout": "roles", "roles": [{"role": "Host", "does": f"{NAME} opens the door"}]}
    save_section(made, template, by=person, revision=0, structure=roles)
    factories.attachment(made, by=person, name=f"{NAME}.csv", caption=f"By {NAME}")
    made = factories.publish(made, by=person, staff=cast.staff)
    profile = {"pronouns": "she", "about": "I mend.", "is_public": True, "is_of_age": True}
    save_profile(person, handle="zq-handle-77", **profile)
    index_community(made.pk)
    public = (made.get_absolute_url(), reverse("designs"), f"{reverse('designs')}?q=Quillfeather")
    public += (reverse("design_export_json", args=[made.slug]),)
    row = made.submissions.get()
    staffs = (reverse("review"), address(row), address(row, "review_page"))
    staffs += (reverse("review_log_csv"), reverse("review_log_json"), reverse("reports"))
    assert NAME in read(client, public[0])
    assert "Shared" in read(client, public[2])
    client.force_login(cast.staff)
    told = json.loads(read(client, reverse("review_log_json")))
    erased(person, by=cast.staff)
    pages = read(client, *staffs)
    client.logout()
    pages += read(client, *(here.partition("?")[0] for here in public))
    client.force_login(cast.author)
    pages += read(client, reverse("studio_community", args=[made.slug]))
    assert [word for word in (NAME, EMAIL, "zq-handle-77") if word in pages] == []
    assert "A former member opens the door" in pages
    client.logout()
    assert "Shared" not in read(client, public[2])
    assert client.get("/people/zq-handle-77/").status_code == 404
    client.force_login(cast.staff)
    now = json.loads(read(client, reverse("review_log_json")))
    nobody = {NAME: "A former member"}
    before = [
        row | {who: nobody.get(row[who], row[who]) for who in ("by", "person")} for row in told
    ]
    assert NAME in [row["by"] for row in told]
    assert now[: len(told)] == before
    assert [(row["about"], row["action"], row["by"]) for row in now[len(told) :]] == [
        ("team", "leads", "Robin S."),
        ("team", "left", "Robin S."),
        ("submission", "redact", "Robin S."),
    ]


def test_whoever_reports_is_not_known_by_their_address_any_more(person, cast, client, erased):
    made = factories.published(cast.author, cast.staff)
    Report.objects.create(
        kind="design",
        key=str(made.catalogue_number),
        community=made,
        title=made.title,
        problem=ReportProblem.HARMFUL,
        words=f"Write to {EMAIL}",
        email=EMAIL,
        reporter=person,
    )
    erased(person, by=cast.staff)
    report = Report.objects.get()
    assert (report.email, report.words) == ("", "Write to A former member")
    assert EMAIL not in read(client, reverse("reports"))


def test_who_was_a_reviewer_once_reads_nothing_any_more(person, cast, erased):
    reviewer = factories.person("Ines B.", is_staff=True)
    row = factories.submitted(cast.author)
    workflow.take(row, Action.CLAIM, by=reviewer)
    reviewer.is_staff = False
    reviewer.save()
    erased(reviewer, by=cast.staff)
    row = Submission.objects.get(pk=row.pk)
    assert (row.reader, row.reader_active_at) == (None, None)
    workflow.take(row, Action.CLAIM, by=cast.staff)


def test_a_reviewer_who_is_erased_reads_nothing_any_more(person, cast, client, erased):
    root = factories.person("Root R.", is_staff=True, is_superuser=True)
    reviewer = factories.person("Ines B.", is_staff=True)
    row = factories.submitted(cast.author)
    workflow.take(row, Action.CLAIM, by=reviewer)
    draft = {"target": "whole", "target_key": "", "label": "The whole"}
    write_remark(row, by=reviewer, text="Not sent yet", **draft)
    write_remark(row, by=cast.staff, text="Another's, not sent either", **draft)
    erased(reviewer, by=root)
    row = Submission.objects.get(pk=row.pk)
    assert (row.reader, row.reader_active_at) == (None, None)
    actions = SubmissionEvent.objects.values_list("action", "actor")
    assert list(actions) == [
        ("submit", cast.author.pk),
        ("claim", reviewer.pk),
        ("release", reviewer.pk),
        ("redact", root.pk),
    ]
    assert [remark.text for remark in Remark.objects.all()] == ["Another's, not sent either"]
    client.force_login(cast.staff)
    assert "Ines B." not in read(client, reverse("review"), address(row))
    workflow.take(row, Action.CLAIM, by=cast.staff)


@pytest.mark.parametrize("status", ["submitted", "withdrawn"])
def test_whoever_is_staff_no_longer_stops_reading_what_waits(cast, erased, status):
    reviewer = factories.person("Ines B.", is_staff=True)
    row = factories.submitted(cast.author)
    workflow.take(row, Action.CLAIM, by=reviewer)
    reviewer.is_staff = False
    reviewer.save()
    if status == "withdrawn":
        factories.move(row, Action.WITHDRAW, by=cast.author)
    before = Submission.objects.get().reader
    erased(reviewer, by=cast.staff)
    released = SubmissionEvent.objects.filter(action="release").values_list("actor", "reader")
    if status == "submitted":
        assert list(released) == [(reviewer.pk, None)]
        assert Submission.objects.get().reader is None
        workflow.take(Submission.objects.get(), Action.CLAIM, by=cast.staff)
    else:
        assert (list(released), Submission.objects.get().reader) == ([], before)


def test_the_log_of_the_vocabulary_names_nobody_who_is_erased(person, cast, client, erased):
    proposal = ValueProposal.objects.create(name="Calm", short="C", why="W", proposed_by=person)
    words = {"name": "Calm", "short": "C", "definition": "D", "not_confused_with": "N"}
    accept_proposal(proposal, by=cast.staff, mark="care", **words)
    topics = [Topic.objects.create(name=name, slug=slug_for(name)) for name in (NAME, "Mending")]
    merge_topic(topics[0], into=topics[1], by=cast.staff)
    other = factories.person("Calm")
    told = VocabularyEvent.objects.order_by("pk")
    facts = list(told.values_list("kind", "act", "actor", "created_at"))
    assert [event.details.get("proposed_by") for event in told] == [NAME, None]
    erased(person, by=cast.staff)
    erased(other, by=cast.staff)
    assert list(told.values_list("kind", "act", "actor", "created_at")) == facts
    told = told.all()
    assert [(event.name, event.slug) for event in told] == [
        ("Calm", "calm"),
        ("A former member", "a-former-member"),
    ]
    assert told[0].details == {"proposed_by": "A former member"}
    assert told[1].details["into_name"] == "Mending"
    assert not TopicAlias.objects.exists()
    assert NAME not in read(client, reverse("review_vocabulary"), reverse("review_log_json"))


def test_the_files_of_a_draft_that_goes_with_them_go_too(person, cast, erased, settings):
    mine = factories.community(person, "Mine alone")
    shared = factories.team(cast.author, made=factories.community(person, "Ours"))
    for made in (mine, shared):
        factories.photo(made, by=person)
        factories.attachment(made, by=person, data=f"{made.title}\n".encode())
    kept = shared.attachments.get().file, *(f["name"] for f in shared.photos.get().files)
    root = Path(settings.MEDIA_ROOT)
    files = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    assert len(files) == 2 * len(kept)
    erased(person, by=cast.staff)
    assert [made.title for made in Community.objects.all()] == ["Ours"]
    files = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    assert files == set(kept)


def test_a_teammate_of_the_same_name_is_credited_as_before(person, cast, client, erased):
    other = cast.teammate
    other.name = NAME
    other.save()
    made = factories.community(person, "Shared", credit=f"Thanks to {NAME}")
    factories.team(other, made=made)
    made = factories.publish(made, by=person, staff=cast.staff)
    erased(person, by=cast.staff)
    left = Community.objects.select_related("published_version").get(pk=made.pk)
    snapshot = Snapshot.from_json(left.published_version.snapshot)
    assert [(member.name, member.role) for member in snapshot.team] == [(NAME, "designer")]
    assert snapshot.credit == "Thanks to A former member"
    client.logout()
    assert NAME in read(client, made.get_absolute_url())


def test_a_topic_that_is_their_name_goes_unless_others_have_it(person, cast, client, erased):
    made = factories.team(cast.author, made=factories.community(person, "Shared"))
    made.topics.add(NAME, "Mending")
    made = factories.publish(made, by=person, staff=cast.staff)
    assert client.get(reverse("designs"), {"topic": "zanzibara-quillfeather"}).status_code == 200
    erased(person, by=cast.staff)
    assert [topic.name for topic in Topic.objects.all()] == ["Mending"]
    left = Community.objects.select_related("published_version").get(pk=made.pk)
    topics = left.published_version.snapshot["topics"]
    assert [(topic["slug"], topic["name"]) for topic in topics] == [("mending", "Mending")]


def test_whoever_is_called_like_a_value_leaves_it_its_name(cast, client, erased):
    person = factories.person("Care")
    made = factories.team(cast.author, made=factories.community(person, "Shared"))
    made.topics.add("Care")
    made = factories.publish(made, by=person, staff=cast.staff)
    erased(person, by=cast.staff)
    left = Community.objects.select_related("published_version").get(pk=made.pk)
    snapshot = Snapshot.from_json(left.published_version.snapshot)
    assert [value.name for value in snapshot.values] == ["Care", "Mastery"]
    assert [topic.name for topic in snapshot.topics] == ["Care"]
    assert snapshot.values[0].rationale == "A former member in Shared"


def test_that_they_joined_by_an_invitation_is_still_told(person, cast, erased):
    made = factories.community(cast.author, "Shared")
    for _ in range(2):
        days = timedelta(days=9)
        offered = invite(made, by=cast.author, role="designer", lasts=days, email=EMAIL)
    join(offered.invitation.team, user=person)
    erased(person, by=cast.staff)
    left = Invitation.objects.values_list("pk", "email", "uses_left", "acceptances__user")
    assert list(left) == [(offered.invitation.pk, "", 0, person.pk)]


def test_a_value_they_proposed_is_still_answered(person, cast, client, erased):
    ValueProposal.objects.create(
        name="Calm", short="Being calm.", why=f"{NAME} misses it.", proposed_by=person
    )
    erased(person, by=cast.staff)
    proposal = ValueProposal.objects.get()
    assert (proposal.why, proposal.status) == (
        "A former member misses it.",
        ProposalStatus.WAITING,
    )
    assert NAME not in read(client, reverse("review_proposal", args=[proposal.pk]))
