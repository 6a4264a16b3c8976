"""What a saving costs, of a short and of a long design with a short and a long history."""

import pytest

from communities.models import Version

from .show.fields import fields_of
from .test_costs import MOST, full  # noqa: F401

AUTO = {"X-Autosave": "1"}
# A section, and what is asked of the database: saving, saving the same once more, what is refused,
# what a teammate has changed meanwhile. By the button, and by the script.
SECTIONS = [
    ("structure", (12, 7, 7, 8), (12, 7, 10, 11)),
    ("value-questions", (12, 7, 9, 10), (12, 7, 12, 13)),
    ("calendar", (12, 7, 7, 8), (12, 7, 10, 11)),
    ("barriers", (12, 7, 8, 9), (12, 7, 11, 12)),
    ("resources", (12, 7, 7, 8), (12, 7, 10, 11)),
]
# The first change of a sitting keeps what stood there before as a version.
NET = 33


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


@pytest.mark.parametrize(("key", "by_button", "by_script"), SECTIONS)
def test_a_section_is_saved_for_the_same_however_long_everything_is(
    costs, cast, key, by_button, by_script
):
    costs(cast.teammate, key, 12 + NET, 302, body="Begins to sit")
    for headers, saved, (new, same, refused, beaten) in (
        (None, 302, by_button),
        (AUTO, 200, by_script),
    ):
        old = costs(cast.author, key, new, saved, headers=headers, body=f"New {saved}")
        costs(cast.author, key, same, saved, headers=headers)
        costs(cast.author, key, refused, 422, headers=headers, body="x\x00")
        costs(cast.teammate, key, new, saved, headers=headers, body=f"Theirs {saved}")
        costs(cast.author, key, beaten, 409, headers=headers, form=old, body=f"Mine {saved}")


# What a lost race asks beside: two savepoints of transactions within each other, rolled back.
PAGES = [
    ("about/", "credit", (13, 6, 6, 16), (13, 6, 9, 19)),
    ("values/", "why-care", (15, 8, 8, 15), (15, 8, 11, 18)),
]


@pytest.mark.parametrize(("page", "field", "by_button", "by_script"), PAGES)
def test_what_a_design_is_and_holds(
    sign_in, cast, made, django_assert_num_queries, page, field, by_button, by_script
):
    url = f"/studio/{made.slug}/{page}"

    def send(person, queries, status, headers, form=None, **changes):
        client = sign_in(person)
        form = form or fields_of(client.get(url))
        with django_assert_num_queries(queries, info=f"{page} {status}"):
            answer = client.post(url, form | changes, headers=headers)
        assert answer.status_code == status
        return form

    sign_in(cast.teammate).post(url, fields_of(sign_in(cast.teammate).get(url)) | {field: "Sits"})
    for headers, saved, (new, same, refused, beaten) in (
        (None, 302, by_button),
        (AUTO, 200, by_script),
    ):
        old = send(cast.author, new, saved, headers, **{field: f"New {saved}"})
        send(cast.author, same, saved, headers)
        send(cast.author, refused, 422, headers, **{field: "x\x00"})
        send(cast.teammate, new, saved, headers, **{field: f"Theirs {saved}"})
        send(cast.author, beaten, 409, headers, form=old, **{field: f"Mine {saved}"})


def test_the_promise_is_kept_by_every_saving_within_a_sitting():
    costs = [cost for _, *both in SECTIONS for four in both for cost in four]
    assert max(costs) == 13 <= MOST
