"""What programs read: the same searches as the pages, in the shape that the schema promises."""

from datetime import date
from urllib.parse import urlencode

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Cohort
from communities.models import OldSlug
from communities.services.corrections import hide_photos
from communities.snapshot import ImplementationNote, Reference, Snapshot
from gallery import answers
from gallery.facets import DESIGN_FACETS, INSIGHT_FACETS
from gallery.results import DesignsPage
from tests import factories
from tests.gallery.hostile import HOSTILE
from tests.gallery.shelf import held, shelve, topics

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
DESIGNS, INSIGHTS = "/api/v1/designs/", "/api/v1/insights/"
OPENAPI = "/api/v1/openapi.json"
BOTH = [DESIGNS, INSIGHTS]


@pytest.fixture(autouse=True)
def _without_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 0


@pytest.fixture
def schema(client):
    return client.get(OPENAPI).json()


@pytest.fixture
def ask(client, schema):
    """The answer of an address, once it is what the schema says of its path."""

    def asked(address: str, status=200, path=None):
        response = client.get(address)
        assert response.status_code == status
        reading = schema["paths"][path or address.partition("?")[0]]["get"]
        promised = reading["responses"][str(status)]["content"]
        assert list(promised) == [response["Content-Type"]]
        validate(response.json(), promised[response["Content-Type"]]["schema"], schema)
        return response.json()

    return asked


def validate(answer, wanted: dict, schema: dict) -> None:
    checker = jsonschema.FormatChecker(["date"])
    whole = {**wanted, "components": schema["components"]}
    jsonschema.Draft202012Validator(whole, format_checker=checker).validate(answer)


@pytest.fixture
def shelf(db):
    cohort = Reference(slug="spring-2025", name="Spring 2025")
    runs = (
        ImplementationNote(
            outcome="stopped-early",
            starts_on=date(2024, 5, 1),
            ends_on=date(2024, 5, 3),
            participants_within=5,
        ),
        ImplementationNote(outcome="ran", starts_on=date(2025, 3, 3), participants_beyond=12),
    )
    shelve(
        Snapshot(
            title="Lantern Camp",
            kind="camp",
            mode="in-person",
            audience="families",
            summary="Nobody arrives alone.",
            values=held("belonging", "play", why="Because of", seen="Saw"),
            topics=topics("Outdoors"),
            cohort=cohort,
            implementations=runs,
            licence="cc-by-4.0",
        ),
        Snapshot(title="Mending Circle", kind="workshop", values=held("play")),
        Snapshot(title="Night Kitchen", description="A lantern on the table."),
    )


def test_a_design_is_told_with_all_that_it_was_found_for(ask, shelf):
    [design] = ask(f"{DESIGNS}?value=belonging")["results"]
    published_at, updated_at = design.pop("published_at"), design.pop("updated_at")
    assert published_at <= updated_at
    assert design == {
        "title": "Lantern Camp",
        "url": f"{SITE}/designs/design-1/",
        "api_url": f"{SITE}/api/v1/designs/design-1/",
        "export_url": f"{SITE}/designs/design-1/export.json",
        "number": 1,
        "summary": "Nobody arrives alone.",
        "kind": "camp",
        "mode": "in-person",
        "audience": "families",
        "outcome": "ran",
        "values": [
            {
                "slug": "belonging",
                "name": "Belonging",
                "url": f"{SITE}/values/belonging/",
                "rationale": "Because of Belonging",
                "evidence": "Saw Belonging",
            },
            {
                "slug": "play",
                "name": "Play",
                "url": f"{SITE}/values/play/",
                "rationale": "Because of Play",
                "evidence": "Saw Play",
            },
        ],
        "topics": [{"slug": "outdoors", "name": "Outdoors"}],
        "cohort": {"slug": "spring-2025", "name": "Spring 2025"},
        "participants": 17,
        "starts_on": "2024-05-01",
        "ends_on": "2025-03-03",
        "licence": {
            "slug": "cc-by-4.0",
            "name": "CC BY 4.0",
            "url": "https://creativecommons.org/licenses/by/4.0/",
        },
        "cover": None,
        "passage": None,
    }


def test_what_a_team_left_out_is_empty(ask, shelf):
    design = ask(f"{DESIGNS}?q=kitchen")["results"][0]
    names = ("kind", "mode", "values", "topics", "cohort", "starts_on", "licence", "cover")
    assert [design[name] for name in names] == ["", "", [], [], None, None, None, None]


def test_words_bring_the_passage_that_holds_them(ask, shelf):
    found = {d["title"]: d["passage"] for d in ask(f"{DESIGNS}?q=lantern")["results"]}
    assert list(found) == ["Lantern Camp", "Night Kitchen"]
    assert found["Night Kitchen"] == {
        "part": "Description",
        "pieces": [
            {"text": "A ", "is_found": False},
            {"text": "lantern", "is_found": True},
            {"text": " on the table.", "is_found": False},
        ],
    }


def test_counts_are_those_of_the_page(ask, shelf):
    facets = ask(f"{DESIGNS}?value=play&kind=camp")["facets"]
    assert list(facets) == [f.name for f in DESIGN_FACETS]
    chosen = {
        name: [option["choice"] for option in facet["options"] if option["is_chosen"]]
        for name, facet in facets.items()
    }
    assert {name: choices for name, choices in chosen.items() if choices} == {
        "value": ["play"],
        "kind": ["camp"],
    }
    assert {o["name"]: o["count"] for o in facets["value"]["options"] if o["count"]} == {
        "Play": 1,
        "Belonging": 1,
    }
    assert {o["choice"]: o["count"] for o in facets["kind"]["options"] if o["count"]} == {
        "camp": 1,
        "workshop": 1,
    }


def test_what_was_not_understood_is_said(ask, shelf):
    answer = ask(f"{DESIGNS}?colour=red&kind=castle&value=play&sort=newest")
    assert answer["hints"] == [
        "We don’t know the kind “castle”.",
        "There is no filter called “colour”.",
    ]
    assert (answer["count"], answer["url"]) == (2, f"{SITE}{DESIGNS}?value=play")
    assert answer["html_url"] == f"{SITE}/designs/?value=play"
    assert answer["feed_url"] == f"{SITE}/designs/feed.atom?value=play"


def test_pages_lead_to_each_other(ask, db):
    shelve(
        *(
            Snapshot(title=f"Design {n}", values=held("play"))
            for n in range(2 * DesignsPage.size + 1)
        )
    )
    address, seen = f"{SITE}{DESIGNS}?page=1&value=play", []
    for number in (1, 2, 3):
        answer = ask(address.removeprefix(SITE))
        assert (answer["page"], answer["last_page"], answer["count"]) == (
            number,
            3,
            2 * DesignsPage.size + 1,
        )
        seen += [design["number"] for design in answer["results"]]
        before, address = answer["previous"], answer["next"]
    assert seen == list(range(2 * DesignsPage.size + 1, 0, -1))
    assert (before, address) == (f"{SITE}{DESIGNS}?value=play&page=2", None)
    assert ask(f"{DESIGNS}?value=play&page=1000000000") == answer
    assert ask(f"{DESIGNS}?value=play")["previous"] is None


def test_one_design_answers_at_its_own_address(client, ask, cast):
    made = factories.community(cast.author, "Open Design")
    photo = factories.photo(made, by=cast.author)
    factories.publish(made, by=cast.author, staff=cast.staff)
    design = ask(f"{DESIGNS}open-design/", path="/api/v1/designs/{slug}/")
    assert design == ask(DESIGNS)["results"][0]
    assert client.get(design["export_url"]).json()["url"] == design["url"]
    [file] = design["cover"]["files"]
    assert (design["cover"]["alt"], file["width"]) == ("A long table", 64)
    picture = client.get(file["url"])
    assert (picture.status_code, b"".join(picture.streaming_content)[:4]) == (200, b"RIFF")
    hide_photos([photo], is_hidden=True)
    factories.index_community(made.pk)
    assert ask(f"{DESIGNS}open-design/", path="/api/v1/designs/{slug}/")["cover"] is None


def test_an_old_address_leads_to_the_new_one(client, cast):
    made = factories.published(cast.author, cast.staff, "Open Design")
    OldSlug.objects.create(slug="older", community=made)
    response = client.get(f"{DESIGNS}older/")
    assert (response.status_code, response["Location"]) == (301, f"{DESIGNS}open-design/")


def test_insights_come_with_their_designs(ask, cast):
    cohort = Cohort.objects.create(
        name="Spring 2025",
        slug="spring-2025",
        starts_on="2025-02-01",
        ends_on="2025-06-01",
        capacity=20,
    )
    factories.published(cast.author, cast.staff, "Open Design", cohort=cohort)
    factories.submitted(cast.author, "Waiting")
    answer = ask(f"{INSIGHTS}?value=mastery&type=worked&cohort=spring-2025&page=4&colour=red")
    assert answer["results"] == [
        {
            "headline": "Teach it tomorrow",
            "body": "Counted.",
            "type": "worked",
            "basis": "counted",
            "values": [{"slug": "mastery", "name": "Mastery", "url": f"{SITE}/values/mastery/"}],
            "design": {
                "title": "Open Design",
                "url": f"{SITE}/designs/open-design/",
                "api_url": f"{SITE}/api/v1/designs/open-design/",
            },
        }
    ]
    query = "value=mastery&type=worked&cohort=spring-2025"
    assert (answer["count"], answer["next"], answer["url"]) == (
        1,
        None,
        f"{SITE}{INSIGHTS}?{query}",
    )
    assert answer["html_url"] == f"{SITE}/insights/?{query}"
    assert answer["hints"] == ["There is no filter called “colour”."]
    assert set(answer["facets"]) <= {facet.name for facet in INSIGHT_FACETS}
    types = {o["choice"]: o["count"] for o in answer["facets"]["type"]["options"]}
    assert (types["worked"], types["surprised"]) == (1, 0)


def test_what_is_not_published_is_nowhere(client, ask, cast):
    gone = factories.published(cast.author, cast.staff, "Secret garden")
    tag = client.get(f"{DESIGNS}?q=secret")["ETag"]
    assert ask(f"{DESIGNS}?q=secret")["count"] == ask(f"{INSIGHTS}?q=secret")["count"] == 1
    factories.community(cast.author, "Secret draft")
    factories.submitted(cast.author, "Secret and waiting")
    factories.unpublish(gone, by=cast.staff)
    for address in (*BOTH, f"{DESIGNS}?q=secret", f"{INSIGHTS}?q=secret"):
        answer = ask(address)
        assert (answer["count"], answer["results"]) == (0, [])
        options = [o for facet in answer["facets"].values() for o in facet["options"]]
        assert [o for o in options if o["count"]] == []
    for slug in ("secret-garden", "secret-draft", "secret-and-waiting", "never"):
        problem = ask(f"{DESIGNS}{slug}/", status=404, path="/api/v1/designs/{slug}/")
        assert problem["detail"] == "Nothing is published at this address."
    again = client.get(f"{DESIGNS}?q=secret", headers={"If-None-Match": tag})
    assert again.status_code == 200


@pytest.mark.parametrize("how_many", [1, 3])
def test_queries_do_not_grow(client, cast, how_many, django_assert_num_queries):
    for number in range(how_many):
        factories.published(cast.author, cast.staff, f"Tent {number}")
    for address in BOTH:
        client.get(address)
    with django_assert_num_queries(4):
        client.get(f"{DESIGNS}?value=care")
    with django_assert_num_queries(9):
        client.get(f"{DESIGNS}?q=tent&value=care")
    with django_assert_num_queries(3):
        client.get(INSIGHTS)
    with django_assert_num_queries(4):
        client.get(f"{DESIGNS}tent-0/")


@pytest.mark.parametrize("address", [*BOTH, f"{DESIGNS}a1/", OPENAPI])
def test_an_answer_is_kept_for_seconds_and_asked_for_by_its_tag(
    client, cast, address, django_assert_num_queries
):
    kept = factories.published(cast.author, cast.staff, "A1")
    response = client.get(address)
    assert response["Cache-Control"] == "public, max-age=20, must-revalidate"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.has_header("Vary")
    again = {"If-None-Match": response["ETag"]}
    with django_assert_num_queries(1):
        answer = client.get(address, headers=again)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == response["ETag"]
    assert answer["Cache-Control"] == response["Cache-Control"]
    head = client.head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])
    factories.publish(kept, by=cast.author, staff=cast.staff)
    assert client.get(address, headers=again).status_code == 200


def test_a_tag_is_good_for_one_address_and_one_host(client, db):
    tags = [
        client.get(DESIGNS)["ETag"],
        client.get(f"{DESIGNS}?value=care")["ETag"],
        client.get(INSIGHTS)["ETag"],
        client.get(DESIGNS, headers={"host": "localhost"})["ETag"],
        client.get(DESIGNS, secure=True)["ETag"],
    ]
    assert len(set(tags)) == 5


def test_a_tag_is_good_for_the_code_that_gave_it(client, db, monkeypatch):
    again = {"If-None-Match": client.get(DESIGNS)["ETag"]}
    monkeypatch.setattr(answers, "_written_by", lambda: "the next release")
    assert client.get(DESIGNS, headers=again).status_code == 200


def test_signing_in_changes_no_answer(client, cast, sign_in):
    factories.community(cast.author, "Mine alone")
    before = client.get(DESIGNS)
    after = sign_in(cast.author).get(DESIGNS)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    assert after["Cache-Control"].startswith("public")
    assert after.cookies == {}


@pytest.mark.parametrize("address", [*BOTH, f"{DESIGNS}a1/"])
def test_it_is_only_read(client, ask, cast, address):
    factories.published(cast.author, cast.staff, "A1")
    for send in (client.post, client.put, client.patch, client.delete):
        response = send(address)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response["Content-Type"] == "application/problem+json"
        assert response.json() == {
            "title": "Method Not Allowed",
            "status": 405,
            "detail": "This address can only be read, with GET or HEAD.",
        }


def test_a_page_of_another_site_may_send_a_tag(client, db):
    response = client.options(DESIGNS, headers={"origin": "https://example.org"})
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "If-None-Match"


@pytest.mark.parametrize("address", ["/api/", "/api/v1/nothing/", "/api/v2/designs/"])
def test_an_unknown_address_is_answered_in_json(client, db, address):
    response = client.get(address)
    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404


def test_a_forgotten_slash_is_added(client, db):
    response = client.get("/api/v1/designs?value=care")
    assert (response.status_code, response["Location"]) == (301, f"{DESIGNS}?value=care")


def test_who_asks_too_often_is_told_when_to_come_back(client, ask, settings, time_machine, db):
    time_machine.move_to(1_800_000_015, tick=False)
    settings.API_REQUESTS_PER_MINUTE = 3
    tag = client.get(DESIGNS)["ETag"]
    assert [client.get(address).status_code for address in BOTH] == [200, 200]
    problem = ask(DESIGNS, status=429)
    assert problem == {
        "title": "Too Many Requests",
        "status": 429,
        "detail": "An address may ask 3 times a minute. Wait until the next, then go on.",
    }
    response = client.get(INSIGHTS)
    assert (response["Retry-After"], response["Cache-Control"]) == ("45", "no-store")
    assert not response.has_header("ETag")
    # Asking whether something is new costs next to nothing, and is not counted.
    assert client.get(DESIGNS, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(DESIGNS, REMOTE_ADDR="10.1.2.3").status_code == 200


def test_in_the_next_minute_it_goes_on(client, settings, time_machine, db):
    settings.API_REQUESTS_PER_MINUTE = 1
    time_machine.move_to(1_800_000_059, tick=False)
    assert client.get(DESIGNS).status_code == 200
    response = client.get(DESIGNS)
    assert (response.status_code, response["Retry-After"]) == (429, "1")
    time_machine.shift(1)
    assert client.get(DESIGNS).status_code == 200


def test_addresses_of_one_network_count_as_one(client, settings, time_machine, db):
    settings.API_REQUESTS_PER_MINUTE = 1
    time_machine.move_to(1_800_000_000, tick=False)
    answers_to = {
        address: client.get(DESIGNS, REMOTE_ADDR=address).status_code
        for address in ("2001:db8::1", "2001:db8::2", "2001:db8:1::1", "10.0.0.1", "10.0.0.2")
    }
    assert list(answers_to.values()) == [200, 429, 200, 200, 200]


@pytest.mark.parametrize("address", BOTH)
@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered(ask, shelf, address, query):
    ask(f"{address}?{query}")


WORDS = ["play", "camp", "all", "newest", '"', "-", "2", "NEAR(", "*", "\x00", "9" * 400, "'; --"]


@pytest.mark.parametrize("address", BOTH)
@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_parameters_are_answered_as_the_schema_says(ask, schema, shelf, address, data):
    """Each declared parameter with what it asks for and with what nobody would send."""
    declared = schema["paths"][address]["get"]["parameters"]
    names = st.sampled_from([parameter["name"] for parameter in declared] + ["x"])
    enums = [
        word
        for parameter in declared
        for word in parameter["schema"].get("items", parameter["schema"]).get("enum", [])
    ]
    values = st.one_of(st.sampled_from(WORDS + enums), st.text(max_size=30))
    pairs = data.draw(st.lists(st.tuples(names, values), max_size=8))
    sent = urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs])
    answer = ask(f"{address}?{sent}")
    canonical = answer["url"].removeprefix(SITE)
    assert ask(canonical)["url"] == answer["url"]


def test_the_schema_declares_what_may_be_asked(schema):
    asked = {
        path: [parameter["name"] for parameter in reading["get"]["parameters"]]
        for path, reading in schema["paths"].items()
    }
    assert asked == {
        DESIGNS: ["q", "match", "page", "sort", *(facet.name for facet in DESIGN_FACETS)],
        INSIGHTS: ["q", "match", "page", "sort", *(facet.name for facet in INSIGHT_FACETS)],
        "/api/v1/designs/{slug}/": ["slug"],
    }


def test_the_schema_is_one(schema):
    assert schema["openapi"] == "3.1.0"
    for component in schema["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(component)


def test_the_schema_refuses_what_is_not_an_answer(ask, schema, shelf):
    answer = ask(DESIGNS)
    answer["results"][0]["number"] = "one"
    with pytest.raises(jsonschema.ValidationError):
        validate(answer, {"$ref": "#/components/schemas/DesignPage"}, schema)
