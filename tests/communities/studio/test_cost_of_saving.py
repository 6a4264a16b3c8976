"""What a saving costs, of a short and of a long design with a short and a long history."""

import pytest

from communities.enums import Consent, Outcome, VersionReason
from communities.models import Reflection, Version
from communities.services.sittings import MOST_KEPT

from .show.fields import fields_of
from .test_costs import MOST, full  # noqa: F401

AUTO = {"X-Autosave": "1"}
# A section, and what is asked of the database: the first saving of a sitting, with the version
# that it keeps; then saving, saving the same once more, what is refused, what a teammate has
# changed meanwhile, by the button and by the script.
SECTIONS = [
    ("structure", 14, (10, 5, 7, 7), (10, 5, 8, 8)),
    ("value-questions", 14, (10, 5, 9, 9), (10, 5, 10, 10)),
    ("calendar", 14, (10, 5, 7, 7), (10, 5, 8, 8)),
    ("barriers", 14, (10, 5, 8, 8), (10, 5, 9, 9)),
    ("resources", 14, (10, 5, 7, 7), (10, 5, 8, 8)),
]


@pytest.fixture(params=[1, 4])
def grown(request, full):  # noqa: F811
    """Four times as much of everything, the history in hundreds."""
    grown = full(request.param)
    assert Version.objects.filter(community=grown).count() == 150 * request.param - 1
    return grown


@pytest.fixture
def costs(sign_in, cast, grown, django_assert_num_queries):
    """costs(person, key, queries, status, ...) sends a section, and says what was drawn."""

    def send(person, key, queries, status, *, headers=None, form=None, **changes):
        client = sign_in(person)
        url = f"/studio/{grown.slug}/document/{key}/"
        form = form or _form(client.get(url))
        with django_assert_num_queries(queries, info=f"{key} {status}"):
            answer = client.post(url, form | changes, headers=headers)
        assert answer.status_code == status
        return form

    return send


def _form(page) -> dict:
    return {name: said for name, said in fields_of(page).items() if "__id__" not in name}


@pytest.mark.parametrize(("key", "first", "by_button", "by_script"), SECTIONS)
def test_a_section_is_saved_for_the_same_however_long_everything_is(
    costs, cast, grown, key, first, by_button, by_script
):
    costs(cast.teammate, key, first, 302, body="Begins to sit")
    assert grown.versions.first().reason == VersionReason.KEPT
    for headers, saved, (new, same, refused, beaten) in (
        (None, 302, by_button),
        (AUTO, 200, by_script),
    ):
        old = costs(cast.author, key, new, saved, headers=headers, body=f"New {saved}")
        costs(cast.author, key, same, saved, headers=headers)
        costs(cast.author, key, refused, 422, headers=headers, body="x\x00")
        costs(cast.teammate, key, new, saved, headers=headers, body=f"Theirs {saved}")
        costs(cast.author, key, beaten, 409, headers=headers, form=old, body=f"Mine {saved}")


# A page with one form, what is written there, and the same costs.
PAGES = [
    ("about/", "credit", 14, (10, 4, 7, 7), (10, 4, 6, 6)),
    ("values/", "why-mastery", 15, (11, 5, 8, 8), (11, 5, 8, 8)),
    ("runs/{run}/", "place", 15, (11, 5, 6, 7), (11, 5, 7, 8)),
    ("reflections/{told}/", "surprised", 15, (11, 6, 7, 7), (11, 6, 9, 9)),
    ("insights/{insight}/", "body", 15, (11, 5, 6, 6), (11, 5, 7, 7)),
]


@pytest.mark.parametrize(("page", "field", "first", "by_button", "by_script"), PAGES)
def test_a_page_is_saved_for_the_same_however_long_everything_is(
    sign_in, cast, grown, django_assert_num_queries, page, field, first, by_button, by_script
):
    keys = {
        "run": grown.implementations.filter(outcome=Outcome.RAN).first().pk,
        "told": Reflection.objects.filter(implementation__community=grown, author=None)[0].pk,
        "insight": grown.insights.first().pk,
    }
    url = f"/studio/{grown.slug}/{page.format(**keys)}"

    def send(person, queries, status, headers, form=None, **changes):
        client = sign_in(person)
        form = form or _form(client.get(url))
        with django_assert_num_queries(queries, info=f"{page} {status}"):
            answer = client.post(url, form | changes, headers=headers)
        assert answer.status_code == status
        return form

    send(cast.teammate, first, 302, None, **{field: "Begins to sit"})
    assert grown.versions.first().reason == VersionReason.KEPT
    for headers, saved, (new, same, refused, beaten) in (
        (None, 302, by_button),
        (AUTO, 200, by_script),
    ):
        old = send(cast.author, new, saved, headers, **{field: f"New {saved}"})
        send(cast.author, same, saved, headers)
        send(cast.author, refused, 422, headers, **{field: "x\x00"})
        send(cast.teammate, new, saved, headers, **{field: f"Theirs {saved}"})
        send(cast.author, beaten, 409, headers, form=old, **{field: f"Mine {saved}"})


def test_the_promise_is_kept_by_every_saving():
    rows = [*SECTIONS, *(row[1:] for row in PAGES)]
    assert max(first for _, first, *_ in rows) == MOST
    assert max(cost for _, _, *both in rows for four in both for cost in four) == 11


def test_a_reason_that_a_version_takes_over_costs_one_query_however_many_there_are(costs, grown):
    """Taken together with the version, so that none is lost in between."""
    grown.sections.update(why="The oven broke.")
    person = grown.members.last().user
    costs(person, "structure", 15, 302, body="Begins to sit")
    assert len(grown.versions.first().whys) == grown.sections.count()


def test_the_thirty_first_kept_version_costs_what_it_takes_to_let_the_oldest_go(costs, cast, grown):
    """The one saving above the promise: once a sitting, of a design that has thirty of them."""
    costs(cast.teammate, "structure", 14, 302, body="Sits")
    snapshot = grown.versions.first().snapshot
    above = 1_000
    Version.objects.bulk_create(
        Version(community=grown, number=above + n, snapshot=snapshot, reason=VersionReason.KEPT)
        for n in range(MOST_KEPT)
    )
    costs(grown.members.last().user, "structure", 30, 302, body="Sits too")
    assert grown.versions.filter(reason=VersionReason.KEPT).count() == MOST_KEPT


@pytest.mark.parametrize(
    ("page", "queries"),
    [("versions/", 14), ("submit/", 41)],
)
def test_keeping_and_submitting_a_version_costs_the_same_however_long_everything_is(
    sign_in, cast, grown, django_assert_num_queries, page, queries
):
    url = f"/studio/{grown.slug}/{page}"
    client = sign_in(cast.author)
    grown.photos.update(consent=Consent.NO_PEOPLE)
    form = _form(client.get(url))
    with django_assert_num_queries(queries):
        answer = client.post(url, form | {"agreed": "on"})
    assert answer.status_code == 302
