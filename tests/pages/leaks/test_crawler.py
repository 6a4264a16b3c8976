"""The walk catches what it is there for: each leak is made on purpose, and found."""

import sys
from types import ModuleType

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.urls import include, path

from communities import rules
from communities.models import Community
from gallery.models import Generation

from .addresses import by_route, names, open_to_all
from .crawler import crawl, letters_told, post, words_in
from .deeds import forms_on
from .planting import text


def a_list(request):
    return HttpResponse("\n".join(Community.objects.values_list("title", flat=True)))


def one(request, remark):
    design = Community.objects.filter(pk=remark).first()
    return HttpResponse(headers={"X-Design": design.title} if design else {})


def deed(request, remark):
    """Answers a POST with what it changed."""
    design = Community.objects.filter(pk=remark).first() if request.method == "POST" else None
    if design is not None:
        Community.objects.filter(pk=remark).update(title="Changed")
    return HttpResponse(design.title if design else "")


@pytest.fixture
def leaky_urls(settings):
    """A list of everything, one address that tells in a header, and one that tells after a POST."""
    module = ModuleType("tests.leaky_urls")
    module.urlpatterns = [
        path("leaky/", a_list, name="leaky_list"),
        path("leaky/<int:remark>/", one, name="leaky_one"),
        path("leaky/<int:remark>/deed/", deed, name="leaky_deed"),
        path("", include("gallery.urls")),
    ]
    module.handler404 = "gallery.views.errors.not_found"
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__
    yield
    del sys.modules[module.__name__]


def walk(client_of, role, planted, *routes, pages=()):
    filled = by_route()
    wanted = [address for route in routes for address in filled[route]]
    return crawl(client_of(role), role, planted, [*wanted, *pages]).leaks


def test_a_new_address_is_crawled_and_what_it_tells_is_found(planted, client_of, leaky_urls):
    assert ("leaky_one", ("remark",)) in names()
    told = walk(client_of, "visitor", planted, "leaky_list", "leaky_one")
    assert told["get /leaky/"] >= {"quokkadraftword", "quokkaunpublishedword", "quokkarivalword"}
    draft = Community.objects.get(slug="quokkadraftslugword")
    assert told[f"get /leaky/{draft.pk}/"] == {"quokkadraftword"}


def test_what_any_form_answers_is_found_and_its_deed_undone(planted, client_of, leaky_urls):
    assert walk(client_of, "visitor", planted, "leaky_deed") == {}
    told = post(client_of("visitor"), "visitor", planted, by_route()["leaky_deed"]).leaks
    for slug in ("quokkadraftslugword", "quokkawithdrawnslugword", "quokkarivalslugword"):
        design = Community.objects.get(slug=slug)
        assert told[f"post /leaky/{design.pk}/deed/"] == words_in(design.title)


def test_a_form_is_sent_as_it_was_drawn_once_with_each_of_its_buttons():
    page = b"""<form method="post" data-autosave action="../b/#part"><input name="revision"
        type="hidden" value="3"><input name="website"><input name="title"><textarea name="body">
        </textarea><select name="kind"><option value=""><option value="club"></select>
        <input type="radio" name="way" value="one"><input type="radio" name="way" value="two">
        <button>Save</button><button name="row" value="add" formaction="/c/">Add</button></form>"""
    found = {}
    forms_on("/a/", page, found)
    [saved], [added] = found["/b/"], found["/c/"]
    fields = {"revision": "3", "title": "Forged", "kind": "club", "way": "one"}
    assert dict(saved.fields).items() >= fields.items()
    assert "website" not in dict(saved.fields)
    assert (saved.saves_itself, saved.button) == (True, "")
    assert dict(added.fields) == {**dict(saved.fields), "row": "add"}
    assert (added.saves_itself, added.button) == (False, "row=add")


@pytest.mark.parametrize("role", ["classmate", "former", "rival"])
def test_a_studio_that_is_open_to_all_is_found(planted, client_of, monkeypatch, role):
    everything = lambda self, user: self if user.is_authenticated else self.none()  # noqa: E731
    monkeypatch.setattr(type(Community.objects.all()), "visible_to", everything)
    told = walk(client_of, role, planted, "studio_community")
    assert "quokkadraftword" in told["get /studio/quokkadraftslugword/"]
    assert len(told) == len(by_route()["studio_community"]) - (role == "rival")


def test_the_file_of_a_picture_is_found(planted, client_of, monkeypatch):
    monkeypatch.setattr(rules, "can_see_photo", lambda user, photo: True)
    told = walk(client_of, "visitor", planted, "picture")
    assert len(told) == len(planted.files)
    assert set().union(*told.values()) == {"a file"}


def test_a_page_that_is_kept_too_long_is_found(planted, client_of, monkeypatch):
    """As visitors were shown it before it was taken down."""
    monkeypatch.setattr(Generation, "current", lambda: planted.generation)
    told = walk(client_of, "visitor", planted, pages=open_to_all())
    assert "quokkaunpublishedword" in told["get /designs/?q=zebuunpublished"]
    assert "quokkahiddeninsightword" in told["get /insights/?q=zebuhiddeninsight"]


def test_a_letter_to_the_wrong_person_is_found(planted):
    letter = EmailMessage("News", text("draft"), to=[planted.people.loner.email])
    right = EmailMessage("News", text("draft"), to=[planted.people.author.email])
    told = letters_told([letter, right], planted)
    assert told == {f"{planted.people.loner.email}: News": {"quokkadraftword"}}


def test_what_was_asked_for_may_stand_in_the_answer(planted, client_of):
    page = f"/designs/?q={text('draft').split()[0]}"
    assert walk(client_of, "visitor", planted, pages=[page]) == {}
