"""The demo: that its content covers everything, and that loading it makes it so."""

from collections import Counter

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from accounts.models import Cohort, Notice, User
from communities import seeds
from communities.demo import content, talk
from communities.demo.loader import load, was_interrupted
from communities.enums import CommentKind, CommentState, InsightType, Kind, Outcome
from communities.models import Comment, Community, Photo, Report, Submission, Version
from communities.structure import from_json
from gallery.models import Entry

DESIGNS = content.designs()
PUBLISHED = [design for design in DESIGNS if design["state"] == "published"]


def test_it_covers_every_kind_value_cohort_and_outcome():
    assert len(PUBLISHED) >= 30
    assert {design["kind"] for design in PUBLISHED} == set(Kind.values)
    values = {held["value"] for design in PUBLISHED for held in design["values"]}
    assert values == {seed["slug"] for seed in seeds.read("values.json")}
    assert {design["cohort"] for design in PUBLISHED} == {None, *content.COHORTS}
    assert len(content.COHORTS) == 4
    outcomes = {run["outcome"] for design in PUBLISHED for run in design["implementations"]}
    assert outcomes == set(Outcome.values)
    types = {insight["type"] for design in PUBLISHED for insight in design["insights"]}
    assert types == set(InsightType.values)


def test_it_shows_every_state_of_a_submission():
    states = Counter(design["state"] for design in DESIGNS)
    assert states == {
        "published": len(PUBLISHED),
        "waiting": 2,
        "changes_requested": 1,
        "draft": 1,
    }


@pytest.mark.parametrize("design", PUBLISHED, ids=lambda design: design["slug"])
def test_each_published_design_is_worth_reading(design):
    assert len(design["photos"]) >= 3
    assert all(photo["alt"] and photo["consent"] for photo in design["photos"])
    assert all(held["rationale"] for held in design["values"])
    assert design["insights"]
    assert len(design["sections"]) >= 4
    for run in design["implementations"]:
        if run["outcome"] != "not-yet-run":
            assert any(reflection["did_not_work"] for reflection in run["reflections"])


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design["slug"])
def test_each_picture_lies_in_the_repository(design):
    for number, photo in enumerate(design["photos"]):
        assert content.picture_of(design["slug"], number, photo["picture"]).exists()


@pytest.fixture
def some():
    """One design in each state, with one picture."""
    found = {design["state"]: design for design in DESIGNS}
    return [
        {**design, "built_on": None, "photos": design["photos"][:1]} for design in found.values()
    ]


@pytest.mark.django_db(transaction=True)
def test_loading_makes_it_so_and_once_only(some, client):
    assert load(lambda line: None, some) == 4
    statuses = Counter(Submission.objects.values_list("status", flat=True))
    assert statuses == {"published": 1, "submitted": 1, "changes-requested": 1}
    assert (Community.objects.count(), Photo.objects.count(), Version.objects.count()) == (4, 4, 5)
    assert Entry.objects.count() == 1
    assert Cohort.objects.count() == 4
    assert mail.outbox == []
    for person in DEMO_PEOPLE:
        assert client.login(username=person.email, password=DEMO_PASSWORD)

    assert load(lambda line: None, some) == 0
    assert Community.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_it_is_talked_about_as_people_would(client):
    """A question with its answer, one who tried it, a kind critique, a profile, an open report."""
    about = {row["design"] for row in talk.read()["comments"] + talk.read()["reports"]}
    chosen = [design for design in DESIGNS if design["slug"] in about]
    chosen = [{**design, "built_on": None, "photos": design["photos"][:1]} for design in chosen]
    load(lambda line: None, chosen)
    assert Comment.objects.filter(is_by_team=True).count() == 2
    shown = Comment.objects.shown().filter(answers=None)
    assert set(shown.values_list("kind", flat=True)) == set(CommentKind.values)
    assert Comment.objects.filter(state=CommentState.WAITING).count() == 1
    assert Report.objects.open().count() == 1
    # From there it is told to nobody, and by no letter.
    assert mail.outbox == []
    assert Notice.objects.count() == 0
    page = client.get("/designs/the-mending-circle/comments/").content.decode()
    assert "Kim, a youth club" in page
    assert "Leave half of the seats without a sign" in page
    assert client.get("/people/rosa-e/").status_code == 200
    talk.talk([*Community.objects.all()], _crew(), staff=User.objects.get(is_staff=True))
    assert (Comment.objects.count(), Report.objects.count()) == (7, 1)


def _crew():
    return {person.name: person for person in User.objects.all()}


@pytest.mark.django_db(transaction=True)
def test_what_was_interrupted_is_finished(some):

    def stop(line):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(stop, some)
    assert Submission.objects.count() == 0
    assert was_interrupted(some)
    # The draft has its pictures and goes nowhere, so nothing of it is missing.
    assert load(lambda line: None, some) == 3
    assert (Community.objects.count(), Submission.objects.count()) == (4, 3)
    assert not was_interrupted(some)


@pytest.mark.django_db
def test_a_public_site_gets_no_public_passwords(settings):
    settings.IS_PUBLIC = True
    with pytest.raises(CommandError, match="not on a public host"):
        call_command("demo")
    call_command("demo", "--if-empty")
    assert Community.objects.count() == 0


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design["slug"])
def test_rows_of_the_demo_are_of_the_layout_of_their_section(design):
    layouts = {seed["key"]: seed["layout"] for seed in seeds.read("sections.json")}
    written = {k: s for k, s in design["sections"].items() if isinstance(s, dict)}
    rows = {key: section["structure"] for key, section in written.items() if "structure" in section}
    for key, structure in rows.items():
        assert structure["layout"] == layouts[key]
        assert not from_json(structure).is_empty
