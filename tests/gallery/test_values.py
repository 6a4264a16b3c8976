import pytest

from communities.models import Value, ValueAlias
from gallery.values import RINGS, SEATS_ON_A_RING, Companion, seats_of
from tests import factories
from tests.html import assert_valid, text_of


@pytest.fixture
def publish(cast):
    def published(title, *values, **details):
        return factories.published(cast.author, cast.staff, title, values=values, **details)

    return published


def html_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_value_is_listed_with_the_number_of_designs_that_hold_it(client, cast, publish):
    publish("One", "care", "mastery")
    publish("Two", "care")
    factories.community(cast.author, "Secret draft", values=("play",))
    html = html_of(client, "/values/")
    assert_valid(html)
    cards = text_of(html, "n")
    names = list(Value.objects.values_list("slug", flat=True))
    assert len(cards) == 16
    assert dict(zip(names, cards, strict=True)) == {
        name: {"care": "2 designs", "mastery": "1 design"}.get(name, "No design yet")
        for name in names
    }


def test_a_retired_value_is_listed_only_while_a_design_holds_it(client, publish):
    publish("One", "care")
    Value.objects.filter(slug__in=("care", "play")).update(is_retired=True)
    html = html_of(client, "/values/")
    assert ("/values/care/" in html, "/values/play/" in html) == (True, False)
    for slug in ("care", "play"):
        assert "no longer offered" in html_of(client, f"/values/{slug}/")


def test_the_page_of_a_value(client, cast, publish):
    publish("One", "care", "mastery", kind="library")
    publish("Two", "care", "mastery", "play")
    publish("Three", "care", kind="library")
    publish("Four", "play")
    factories.community(cast.author, "Secret draft", values=("care", "dignity"))
    html = html_of(client, "/values/care/")
    assert_valid(html)
    assert text_of(html, "statement") == ["3 of 4 designs, in 2 of 16 kinds."]
    assert text_of(html, "rationales") == [
        "Care in Three Three, library Care in Two Two, workshop or makerspace"
        " Care in One One, library"
    ]
    table = text_of(html, "bar-table")[0].partition("Designs")[2].partition("Designs")[2]
    assert table.split() == ["Mastery", "2", "Play", "1"]
    assert [text for text in text_of(html, "design-card") if "Four" in text] == []
    assert len(text_of(html, "design-card")) == 3
    assert "Secret" not in html


def test_a_value_that_nobody_holds_is_whole(client, db):
    html = html_of(client, "/values/dignity/")
    assert_valid(html)
    assert text_of(html, "statement") == ["No design yet."]
    assert [css for css in ("seating", "rationales", "cards", "insights-grid") if css in html] == []


def test_insights_of_a_value(client, cast):
    made = factories.community(cast.author, values=("care",))
    for number in range(4):
        factories.insight(made, by=cast.author, headline=f"Lesson {number}", values=("care",))
    factories.publish(made, by=cast.author, staff=cast.staff)
    html = html_of(client, "/values/care/")
    assert_valid(html)
    lessons = [text.partition("Counted.")[0].strip() for text in text_of(html, "insight")]
    assert lessons == ["Lesson 0", "Lesson 1", "Lesson 2"]
    assert "4 insights" in html


def test_what_is_unpublished_leaves_the_value(client, cast, publish):
    made = publish("Gone", "care", "mastery")
    assert "Gone" in html_of(client, "/values/care/")
    factories.unpublish(made, by=cast.staff)
    html = html_of(client, "/values/care/")
    assert "Gone" not in html
    assert text_of(html, "statement") == ["No design yet."]


def test_another_word_leads_to_the_value(client, db):
    alias = ValueAlias.objects.select_related("value").get(slug="inclusion")
    response = client.get("/values/inclusion/")
    assert (response.status_code, response["Location"]) == (301, f"/values/{alias.value.slug}/")


@pytest.mark.parametrize("slug", ["nothing", "a" * 5000, "%00", "Care", "..%2f"])
def test_unknown_values_are_not_found(client, db, slug):
    assert client.get(f"/values/{slug}/").status_code == 404


@pytest.mark.parametrize(("address", "queries"), [("/values/", 2), ("/values/care/", 5)])
def test_values_cost_the_same_at_one_design_and_at_three(
    client, publish, address, queries, django_assert_num_queries
):
    publish("One", "care", "mastery")
    client.get(f"{address}?again")
    with django_assert_num_queries(queries):
        client.get(address)
    publish("Two", "care", "mastery", "play")
    publish("Three", "care", "mastery", "equity")
    client.get(f"{address}?again")
    with django_assert_num_queries(queries):
        client.get(address)


def companions(number: int) -> tuple[Companion, ...]:
    return tuple(
        Companion(slug=f"v{n}", name=f"V{n}", mark="play", designs=30 - n, percent=50)
        for n in range(number)
    )


def test_nearer_seats_go_to_those_held_together_most_often():
    seats = seats_of(companions(15))
    assert [seat.size for seat in seats] == [58] * 5 + [48] * 5 + [38] * 5
    assert [(seat.x, seat.y) for seat in seats[:3]] == [(380, 182), (530, 291), (473, 468)]
    assert (seats[0].left, seats[0].top, seats[0].words_y) == (351, 153, 229)


def test_there_are_no_more_seats_than_the_table_has():
    assert len(seats_of(companions(40))) == len(RINGS) * SEATS_ON_A_RING


def test_what_staff_say_of_a_value_is_seen_and_searched_at_once(
    client, cast, publish, sign_in, django_capture_on_commit_callbacks
):
    publish("One", "care")
    assert "One" in text_of(html_of(client, "/designs/?q=care"), "cards")[0]
    assert "No designs match" in html_of(client, "/designs/?q=tenderness")
    value = Value.objects.get(slug="care")
    sign_in(cast.staff)
    ValueAlias.objects.filter(value=value).delete()
    page = client.get(f"/admin/communities/value/{value.pk}/change/")
    forms = [page.context["adminform"].form, *_inline_forms(page)]
    fields = {name: value for form in forms for name, value in _filled(form)}
    fields |= {"name": "Kindness", "aliases-TOTAL_FORMS": "1", "aliases-0-name": "tenderness"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page.request["PATH_INFO"], fields)
    assert answer.status_code == 302, answer.context["errors"]
    client.logout()
    assert "Kindness" in html_of(client, "/designs/")
    assert "One" in text_of(html_of(client, "/designs/?q=tenderness"), "cards")[0]


def _inline_forms(page):
    for inline in page.context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


def _filled(form):
    for field in form:
        value = field.value()
        yield field.html_name, "" if value is None else value
