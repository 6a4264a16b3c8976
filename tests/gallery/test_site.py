import re
import runpy
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from communities.models import Community
from gallery.logs import RequestIdFilter
from gallery.middleware import MAX_QUERY_LENGTH
from gallery.views import errors
from tests import factories
from tests.html import assert_valid

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def set_theme(client, theme, came_from="http://testserver/values/?a=1", **headers):
    headers = {"referer": came_from, "sec-fetch-site": "same-origin"} | headers
    return client.post("/theme/", {"theme": theme}, headers=headers)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_kept_and_leads_back(client, db, theme):
    response = set_theme(client, theme)
    assert (response.status_code, response["Location"]) == (302, "/values/?a=1")
    assert response.cookies["theme"].value == theme
    assert f'data-theme="{theme}"' in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize("theme", ["", "purple", "\0", "a" * 20_000])
def test_anything_else_follows_the_device_again(client, db, theme):
    set_theme(client, "dark")
    assert set_theme(client, theme).cookies["theme"].value == ""
    assert "data-theme" not in client.get("/nowhere/").content.decode()


FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://testserver.evil.example"},
    {"referer": "http://evil.example/http://testserver/"},
    {"referer": ""},
    {"referer": "/values/"},
    {"referer": "http://testserver@evil.example/"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=range(len(FOREIGN)))
def test_a_theme_is_not_changed_by_another_site(client, db, headers):
    response = set_theme(client, "dark", **headers)
    assert (response.status_code, response.cookies) == (403, {})
    assert_valid(response.content.decode())


def test_a_theme_is_not_changed_by_a_visit(client, db):
    assert client.get("/theme/?theme=dark").status_code == 405


@pytest.mark.parametrize("path", ["//evil.example/", "///evil.example", "/\\evil.example", ""])
def test_a_theme_leads_nowhere_else(client, db, path):
    response = set_theme(client, "dark", came_from=f"http://testserver{path}")
    assert (response.status_code, response["Location"]) == (302, "/")


def test_an_origin_without_the_page_leads_to_the_entrance(client, db):
    response = set_theme(client, "dark", origin="http://testserver", referer="")
    assert (response.status_code, response["Location"]) == (302, "/")


def test_a_visitor_is_given_no_cookie(client, db):
    for address in ("/", "/designs/", "/values/", "/insights/", "/nowhere/"):
        assert client.get(address).cookies == {}


def test_the_page_for_an_unknown_address(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert_valid(response.content.decode())
    assert "No room at this address" in response.content.decode()


def test_the_fault_page_names_its_number_and_nothing_internal(settings):
    request = RequestFactory().get("/")
    request.id = "7f3a20c1"
    response = errors.server_error(request)
    html = response.content.decode()
    assert response.status_code == 500
    assert_valid(html)
    assert re.findall(r"<code>(.*?)</code>", html) == ["7f3a20c1"]


def test_a_fault_is_answered_without_session_or_database(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE gallery_generation")
    client.raise_request_exception = False
    response = client.get("/feed.atom", headers={"cookie": "sessionid=abc"})
    assert response.status_code == 500
    assert response["X-Request-ID"] in response.content.decode()
    assert "gallery_generation" not in response.content.decode()


def test_a_fault_of_the_fault_page_is_still_an_answer(settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]
    request = RequestFactory().get("/")
    request.id = "7f3a20c1"
    response = errors.server_error(request)
    assert (response.status_code, response["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert response.content == (
        b"Something went wrong on our side. The number of this fault is 7f3a20c1."
    )


def test_a_foreign_host_is_refused(client, db):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert_valid(response.content.decode())


@pytest.mark.parametrize("address", ["/", "/values/", "/accounts/login/", "/nope/"])
@pytest.mark.parametrize("query", ["q=" + "a" * 9000, "&" * 2500, "a=&" * 1001])
def test_an_endless_question_is_refused(client, address, query):
    response = client.get(f"{address}?{query}")
    assert response.status_code == 414
    assert_valid(response.content.decode())


def test_what_is_long_but_not_endless_is_answered(client, db):
    assert client.get("/designs/?" + "a=&" * 999).status_code == 200
    assert client.get("/designs/?q=" + "a" * 7900).status_code == 200


def test_the_server_lets_through_what_has_a_page_of_ours():
    server = runpy.run_path(str(settings.BASE_DIR / "gallery/gunicorn.py"))
    assert server["limit_request_line"] > MAX_QUERY_LENGTH + len("GET /designs/? HTTP/1.1")


def test_a_line_about_a_request_carries_its_number(client, db, caplog):
    caplog.handler.addFilter(RequestIdFilter())
    number = client.get("/nowhere/")["X-Request-ID"]
    told = [(line.message, line.request_id) for line in caplog.records]
    assert told == [("Not Found: /nowhere/", number)]


ERROR_PAGES = ["400.html", "403.html", "414.html", "429.html", "500.html", "503.html"]


@pytest.mark.parametrize("template", ERROR_PAGES)
def test_error_pages_are_valid(rf, template, db):
    assert_valid(render_to_string(template, request=rf.get("/")))


def test_robots_are_told_what_is_not_for_them(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        "Disallow: /api/",
        "Disallow: /consent/",
        "Disallow: /designs/?",
        "Disallow: /designs/feed.atom?",
        "Disallow: /designs/suggest",
        "Disallow: /insights/?",
        "Disallow: /report/",
        "Disallow: /review/",
        "Disallow: /studio/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_where_to_report_a_hole(client, settings):
    settings.SECURITY_CONTACT = "safety@example.org"
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert (fields["Contact"], fields["Canonical"]) == (
        "mailto:safety@example.org",
        "http://testserver/.well-known/security.txt",
    )
    assert datetime.fromisoformat(fields["Expires"]) > timezone.now()


def test_without_a_contact_there_is_no_such_page(client, settings, db):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_health_asks_nothing_of_the_database(client, cast, sign_in, django_assert_num_queries):
    sign_in(cast.author)
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_when_database_storage_and_migrations_are(client, db, settings):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")
    assert default_storage.listdir("probes") == ([], [])


def test_not_ready_without_storage(client, db, settings, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file"
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready\n")
    assert "Not ready: _storage_can_be_written" in [r.getMessage() for r in caplog.records]


def test_not_ready_while_the_database_is_older_than_the_code(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'gallery'")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready\n")


@pytest.fixture
def three(cast):
    return [factories.published(cast.author, cast.staff, title) for title in ("A1", "B2", "C3")]


def test_the_sitemap_lists_what_is_public(client, cast, three, django_assert_num_queries):
    factories.community(cast.author, "Secret draft")
    factories.unpublish(three[1], by=cast.staff)
    with django_assert_num_queries(5):
        response = client.get("/sitemap.xml")
    root = ElementTree.fromstring(response.content)
    places = [place.text for place in root.iter(f"{SITEMAP}loc")]
    assert [place for place in places if "/designs/" in place] == [
        "http://testserver/designs/",
        "http://testserver/designs/c3/",
        "http://testserver/designs/a1/",
    ]
    assert len([place for place in places if re.search(r"/values/.", place)]) == 16
    assert len(places) == 4 + 16 + 2


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "9" * 400, "%00"])
def test_a_page_of_the_sitemap_that_is_not_there(client, db, page):
    assert client.get(f"/sitemap.xml?p={page}").status_code == 404


def test_what_changed_is_dated(client, three):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    dates = [date.text for date in root.iter(f"{SITEMAP}lastmod")]
    versions = Community.objects.order_by("-pk").values_list("published_version__created_at")
    assert dates == [created_at.date().isoformat() for (created_at,) in versions]
