"""What a saving costs, of a short and of a long design with a short and a long history."""

import pytest

from communities.enums import Outcome
from communities.models import Reflection, Version

from .show.fields import fields_of
from .test_costs import MOST, full  # noqa: F401

AUTO = {"X-Autosave": "1"}
# A section, and what is asked of the database: saving, saving the same once more, what is refused,
# what a teammate has changed meanwhile. By the button, and by the script.
SECTIONS = [
    ("structure", (12, 7, 7, 7), (12, 7, 8, 8)),
    ("value-questions", (12, 7, 9, 9), (12, 7, 10, 10)),
    ("calendar", (12, 7, 7, 7), (12, 7, 8, 8)),
    ("barriers", (12, 7, 8, 8), (12, 7, 9, 9)),
    ("resources", (12, 7, 7, 7), (12, 7, 8, 8)),
]
# The first change of a sitting keeps what stood there before as a version.
NET = 20


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


# A page with one form, what is written there, and the same costs.
PAGES = [
    ("about/", "credit", (11, 6, 7, 7), (11, 6, 7, 7)),
    ("values/", "why-mastery", (14, 7, 8, 8), (14, 7, 8, 8)),
    ("runs/{run}/", "place", (12, 7, 6, 7), (12, 7, 8, 9)),
    ("reflections/{told}/", "surprised", (11, 7, 7, 7), (11, 7, 9, 9)),
    ("insights/{insight}/", "body", (13, 8, 7, 7), (13, 8, 9, 9)),
]


@pytest.mark.parametrize(("page", "field", "by_button", "by_script"), PAGES)
def test_a_page_is_saved_for_the_same_however_long_everything_is(
    sign_in, cast, grown, django_assert_num_queries, page, field, by_button, by_script
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

    sign_in(cast.teammate).post(url, _form(sign_in(cast.teammate).get(url)) | {field: "Sits"})
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
    costs += [cost for _, _, *both in PAGES for four in both for cost in four]
    assert max(costs) == 14 < MOST
