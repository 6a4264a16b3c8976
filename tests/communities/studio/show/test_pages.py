"""The pages that show that it happened: who may read them, what they cost, valid HTML."""

import re
from datetime import date

import pytest
from django.urls import reverse

from communities import workflow
from communities.enums import Action, Outcome
from communities.models import Submission
from communities.services.implementations import add_implementation, add_reflection
from communities.services.submitting import submit_for_review
from communities.services.versions import freeze
from tests import factories
from tests.html import assert_valid

READ = (
    "studio_photos",
    "studio_implementations",
    "studio_reflections",
    "studio_insights",
    "studio_preview",
    "studio_submit",
    "studio_versions",
)
WRITE = (
    "studio_implementation_new",
    "studio_reflection_new",
    "studio_insight_new",
)


def addresses(design) -> list[str]:
    """Pages of parts, by their keys."""
    run = design.implementations.first()
    parts = {
        "studio_implementation": run,
        "studio_implementation_remove": run,
        "studio_reflection": run.reflections.first(),
        "studio_reflection_remove": run.reflections.first(),
        "studio_insight": design.insights.first(),
        "studio_insight_remove": design.insights.first(),
        "studio_photo_remove": design.photos.first(),
    }
    return [reverse(name, args=[design.slug, part.pk]) for name, part in parts.items()]


def open_fields(html: str) -> list[str]:
    main = html.split("<main")[1].split("</main>")[0]
    found = re.findall(r"<(?:input|textarea|select|button|template)\b[^>]*>", main)
    return [field for field in found if " disabled" not in field and 'type="hidden"' not in field]


def fill(design, author, *, number: int) -> None:
    """`number` more of everything a list shows."""
    for _ in range(number):
        factories.photo(design, by=author)
        run = add_implementation(
            design,
            by=author,
            outcome=Outcome.RAN,
            starts_on=date(2025, 3, 3),
            participants_beyond=4,
            sessions=[{"date": date(2025, 3, 4), "title": "The tyre round"}],
        )
        add_reflection(run, by=author, author=author, surprised="They came back.")
        factories.insight(design, by=author, values=("mastery", "play"))
        submission = submit_for_review(design, by=author)
        workflow.move(submission, Action.WITHDRAW, by=author, revision=submission.revision)


def test_every_page_is_valid_for_the_team_and_says_nothing_to_outsiders(cast, design, at, sign_in):
    fill(design, cast.author, number=1)
    freeze(design, by=cast.author, note="Before the run")
    pages = [at(name) for name in READ + WRITE] + addresses(design) + [at("studio_version", 1)]
    client = sign_in(cast.teammate)
    for page in pages:
        response = client.get(page)
        assert (page, response.status_code) == (page, 200)
        assert_valid(response.content.decode())
    for outsider in (cast.classmate, cast.visitor):
        client = sign_in(outsider)
        expected = 404 if outsider else 302
        assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(
            pages, expected
        )
        posted = {page: client.post(page).status_code for page in pages}
        assert set(posted.values()) == {expected, 405}


def test_staff_read_but_do_not_write(cast, design, at, sign_in):
    fill(design, cast.author, number=1)
    client = sign_in(cast.staff)
    parts = addresses(design)
    read = [page for page in parts if not page.endswith("/remove/")]
    for page in [*(at(name) for name in READ), at("studio_version", 1), *read]:
        response = client.get(page)
        assert (page, response.status_code) == (page, 200)
        assert_valid(response.content.decode())
    for page in read:
        assert (page, open_fields(client.get(page).content.decode())) == (page, [])
    written = [at(name) for name in WRITE] + [page for page in parts if page not in read]
    assert {page: client.get(page).status_code for page in written} == dict.fromkeys(written, 404)
    written += read
    written += [at("studio_photos"), at("studio_photo_add"), at("studio_submit")]
    written += [at("studio_versions"), at("studio_withdraw")]
    assert {page: client.post(page).status_code for page in written} == dict.fromkeys(written, 404)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("studio_photos", 5),
        ("studio_implementations", 5),
        ("studio_reflections", 6),
        ("studio_insights", 6),
        ("studio_preview", 3),
        ("studio_submit", 11),
        ("studio_versions", 6),
    ],
)
def test_the_cost_of_a_list_does_not_grow(
    cast, design, at, sign_in, django_assert_num_queries, name, queries, number
):
    fill(design, cast.author, number=number)
    assert Submission.objects.count() == number
    client = sign_in(cast.author)
    with django_assert_num_queries(queries):
        client.get(at(name))


def test_huge_keys_in_addresses_are_addresses_of_nothing(cast, design, at, sign_in):
    client = sign_in(cast.author)
    for name in ("studio_implementation", "studio_reflection", "studio_insight", "studio_version"):
        assert client.get(at(name, 10**30)).status_code == 404
    for name in ("studio_photo_remove", "studio_insight_remove", "studio_reflection_remove"):
        assert client.get(at(name, 10**30)).status_code == 404
        assert client.post(at(name, 10**30)).status_code == 302
