"""How others wrote one section: published text only, the values shared first, bounded."""

import pytest

from communities.models import SectionTemplate
from communities.services.document import save_section
from tests import factories
from tests.html import assert_valid, text_of

KEY = "structure"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def shelf(cast):
    """shelf(title, values, body) is a published design with this section."""

    def put(title, values=("care",), body="We meet on Mondays."):
        made = factories.community(cast.author, title, values=values)
        template = SectionTemplate.objects.get(key=KEY)
        save_section(made, template, by=cast.author, revision=0, body=body)
        return factories.publish(made, by=cast.author, staff=cast.staff)

    return put


def titles(client, query=""):
    page = client.get(f"/sections/{KEY}/{query}").content.decode()
    assert_valid(page)
    return [text.split(" Holds ")[0].split(" We ")[0] for text in text_of(page, "example")]


def test_those_of_the_same_values_come_first_and_five_at_most(client, shelf):
    shelf("Both", ("care", "mastery"))
    shelf("One", ("mastery", "play"))
    others = [shelf(f"Other {n}", ("trust",)) for n in range(5)]
    wanted = ["Both", "One", "Other 4", "Other 3", "Other 2"]
    assert titles(client, "?value=care&value=mastery") == wanted
    assert titles(client) == ["Other 4", "Other 3", "Other 2", "Other 1", "Other 0"]
    without = f"?value=trust&without={others[4].catalogue_number}"
    assert titles(client, without)[:2] == ["Other 3", "Other 2"]


def test_only_what_is_published_shows(client, cast, shelf):
    made = shelf("Public", body="We say this.")
    section = made.sections.get(template__key=KEY)
    save_section(made, section.template, by=cast.author, revision=1, body="Secret plan")
    page = client.get(f"/sections/{KEY}/").content.decode()
    assert "We say this." in page
    assert "Secret plan" not in page
    factories.unpublish(made, by=cast.staff)
    assert titles(client) == []
    assert "Yours may be the first." in client.get(f"/sections/{KEY}/").content.decode()


def test_a_long_text_is_cut_between_paragraphs(client, shelf):
    shelf("Long", body="\n\n".join(["We say it again and again."] * 400))
    page = client.get(f"/sections/{KEY}/").content.decode()
    assert 90 < page.count("We say it again and again.</p>") < 120
    assert "Read on" in page


def test_hostile_text_is_inert_and_footnotes_stay_apart(client, shelf):
    for title in ("A", "B"):
        shelf(title, body=f"We[^1] {HOSTILE}\n\n[^1]: {HOSTILE}")
    page = client.get(f"/sections/{KEY}/").content.decode()
    assert_valid(page)
    assert HOSTILE not in page


@pytest.mark.parametrize(
    "query",
    [
        "?value=nothing",
        "?value=" + "x" * 900,
        "?without=x",
        "?without=" + "9" * 40,
        "?without=%C2%B2",
        "?value=care" + "&value=trust" * 50,
        "?value=%00",
    ],
)
def test_any_question_is_answered(client, shelf, query):
    shelf("A")
    assert titles(client, query) == ["A"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["nothing", "x" * 300])
def test_a_section_nobody_keeps_is_not_found(client, key):
    assert client.get(f"/sections/{key}/").status_code == 404


@pytest.mark.parametrize("designs", [1, 3])
def test_three_questions_and_one_for_the_tag(client, shelf, designs, django_assert_num_queries):
    for number in range(designs):
        shelf(f"Design {number}")
    client.get(f"/sections/{KEY}/?value=trust")
    with django_assert_num_queries(4):
        client.get(f"/sections/{KEY}/?value=care")


def test_the_editor_leads_there_with_its_values(sign_in, cast, shelf):
    made = shelf("Mine", ("care", "mastery"))
    page = sign_in(cast.author).get(f"/studio/{made.slug}/document/{KEY}/").content.decode()
    number = made.catalogue_number
    address = f"/sections/{KEY}/?value=care&amp;value=mastery&amp;without={number}"
    assert page.count(address) == 2
