"""Each page of writing: who may see it, who may write, what it costs, that it is valid."""

import pytest

from communities import workflow
from communities.enums import Action
from communities.models import Section, SectionTemplate, Value
from communities.services.document import save_section
from communities.services.values import save_values
from tests import factories
from tests.html import assert_valid

READ = ["", "about/", "values/", "document/", "document/structure/", "document/is-and-is-not/"]
WRITE = ["about/", "values/", "document/structure/"]


@pytest.mark.parametrize("page", READ)
@pytest.mark.parametrize(
    ("name", "status"),
    [("author", 200), ("teammate", 200), ("staff", 200), ("classmate", 404), ("visitor", 302)],
)
def test_who_may_read(sign_in, cast, made, page, name, status):
    url = f"/studio/{made.slug}/{page}"
    answer = sign_in(getattr(cast, name)).get(url)
    assert answer.status_code == status
    if status == 302:
        assert answer.url == f"/accounts/login/?next={url}"
    if status == 200:
        assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", WRITE)
@pytest.mark.parametrize(("name", "status"), [("staff", 404), ("classmate", 404), ("visitor", 302)])
def test_only_the_team_writes(sign_in, cast, made, page, name, status):
    data = {"title": "Taken", "body": "Taken", "revision": "0"}
    answer = sign_in(getattr(cast, name)).post(f"/studio/{made.slug}/{page}", data)
    assert answer.status_code == status
    made.refresh_from_db()
    assert made.title == "Bench Swap"
    assert not Section.objects.filter(body="Taken").exists()


@pytest.mark.parametrize("page", READ)
def test_staff_read_without_a_way_to_write(sign_in, cast, made, page):
    html = sign_in(cast.staff).get(f"/studio/{made.slug}/{page}").content.decode()
    main = html.split("<main")[1].split("</main>")[0]
    assert "You are reading this as staff." in main
    assert 'type="submit"' not in main
    assert_valid(html)


@pytest.mark.parametrize("page", ["", *READ])
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(sign_in, cast, made, page, method):
    answer = getattr(sign_in(cast.author), method)(f"/studio/{made.slug}/{page}")
    assert answer.status_code == 405


@pytest.mark.parametrize("page", ["", "document/"])
def test_pages_to_read_take_no_post(sign_in, cast, made, page):
    assert sign_in(cast.author).post(f"/studio/{made.slug}/{page}", {}).status_code == 405


@pytest.mark.parametrize(
    ("page", "queries"),
    [
        ("", 12),
        ("about/", 6),
        ("values/", 7),
        ("document/", 6),
        ("document/structure/", 6),
        ("document/value-questions/", 8),
        ("team/", 7),
    ],
)
@pytest.mark.parametrize("items", [1, 3])
def test_what_a_page_costs(sign_in, cast, made, django_assert_num_queries, page, queries, items):
    for number in range(items):
        factories.photo(made, by=cast.author)
        factories.insight(made, by=cast.author, headline=f"Lesson {number}")
    for template in SectionTemplate.objects.all()[1 : items + 1]:
        save_section(made, template, by=cast.author, revision=0, body="Text")
    values = [{"value": value} for value in Value.objects.all()[:items]]
    save_values(made, by=cast.author, revision=2, reasons=values)
    client = sign_in(cast.author)
    with django_assert_num_queries(queries):
        answer = client.get(f"/studio/{made.slug}/{page}")
    assert_valid(answer.content.decode())


def test_the_answer_of_a_reviewer_costs_one_more(sign_in, cast, django_assert_num_queries):
    submission = factories.submitted(cast.author)
    workflow.move(submission, Action.REQUEST_CHANGES, by=cast.staff, revision=1, note="Why?")
    client = sign_in(cast.author)
    with django_assert_num_queries(13):
        client.get("/studio/the-mending-circle/")


def test_tabs_tell_the_place(sign_in, cast, made):
    client = sign_in(cast.author)
    html = client.get(f"/studio/{made.slug}/document/").content.decode()
    assert f'<a href="/studio/{made.slug}/document/" aria-current="page">Document' in html
    html = client.get(f"/studio/{made.slug}/document/structure/").content.decode()
    assert f'<a href="/studio/{made.slug}/document/" aria-current="true">Document' in html
    assert 'aria-current="page">Overview' not in html


@pytest.mark.parametrize("slug", ["nothing", "x" * 300, "a-b_c"])
def test_a_design_that_is_not_there(sign_in, cast, slug):
    for page in READ:
        assert sign_in(cast.author).get(f"/studio/{slug}/{page}").status_code == 404
