"""Vocabulary, section template, designs, pictures and the log in the admin."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Cohort
from communities import workflow
from communities.enums import Action, Status
from communities.marks import drawn_marks, painted_marks
from communities.models import (
    BusyPeriod,
    Community,
    OldSlug,
    Photo,
    SectionTemplate,
    Submission,
    SubmissionEvent,
    Value,
    ValueAlias,
    Version,
)
from communities.services.versions import freeze
from communities.signals import public_content_changed
from tests import factories

OURS = ("accounts", "communities")
READ_ONLY = (Submission, SubmissionEvent, Version)


@pytest.fixture
def office(cast, sign_in):
    return sign_in(cast.staff)


@pytest.fixture
def heard():
    ids = []

    def hear(community_ids, **kwargs):
        ids.append(community_ids)

    public_content_changed.connect(hear)
    yield ids
    public_content_changed.disconnect(hear)


def address(model, action="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def page_of(row):
    return address(type(row), "change", row.pk)


def pages_of(model) -> list[str]:
    """Its list, and one of its rows where the house has any."""
    row = model._base_manager.first()
    return [address(model), *([page_of(row)] if row else [])]


def inline(prefix, rows=(), initial=0):
    form = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for index, row in enumerate(rows):
        form |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return form


def value_form(aliases=(), **changes):
    form = {
        "name": "Astonishment",
        "short": "The world is larger than the plan.",
        "definition": "Being astonished.",
        "mark": "wonder",
        "position": 20,
        **changes,
    }
    return form | inline("questions") | inline("aliases", [{"name": name} for name in aliases])


def community_form(community, **changes):
    community.refresh_from_db()
    form = {name: getattr(community, name) for name in ("slug", "kind", "mode")}
    form["seen"] = community.revision
    return form | inline("members") | inline("old_slugs") | changes


def registered():
    return [m for m in admin.site._registry if m._meta.app_label in OURS]


# --- All pages ----------------------------------------------------------------------------------


def full_house(cast):
    """At least one row of everything."""
    made = factories.published(cast.author, cast.staff, "Shown")
    factories.photo(made, by=cast.author)
    Cohort.objects.create(
        name="C", slug="c", starts_on="2026-01-01", ends_on="2026-01-02", capacity=1
    )
    factories.Value.objects.first()
    BusyPeriod.objects.create(name="Exams", starts_on="2026-01-01", ends_on="2026-01-02")
    made.topics.add("mending")


def test_every_page_opens_and_has_nothing_the_policy_would_block(cast, office):
    full_house(cast)
    pages = [reverse("admin:index")]
    for model in registered():
        pages += pages_of(model)
        if admin.site._registry[model].has_add_permission(office.get("/admin/").wsgi_request):
            pages.append(address(model, "add"))
    assert len(pages) > 20
    for page in pages:
        answer = office.get(page)
        assert answer.status_code == 200, page
        found = re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)[^>]*>", answer.text)
        data = '<script type="application/json"'
        assert [tag for tag in found if not tag.startswith(data)] == [], page
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_members_and_visitors_see_no_page(cast, client, sign_in):
    full_house(cast)
    for model in registered():
        for page in pages_of(model):
            assert client.get(page).status_code == 302
    client = sign_in(cast.author)
    for model in registered():
        for page in pages_of(model):
            assert client.get(page, follow=True).status_code == 404


@pytest.mark.parametrize(
    ("model", "queries"),
    [
        (Value, 7),
        (SectionTemplate, 7),
        (Community, 8),
        (Photo, 7),
        (Submission, 8),
        (SubmissionEvent, 7),
        (Version, 7),
    ],
)
@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_however_long(
    cast, office, django_assert_max_num_queries, model, queries, number
):
    for n in range(number):
        made = factories.published(cast.author, cast.staff, f"Design {n}")
        factories.photo(made, by=cast.author)
    with django_assert_max_num_queries(queries):
        office.get(address(model))


# --- Vocabulary ---------------------------------------------------------------------------------


def test_a_value_is_added_with_a_free_mark_questions_and_aliases(office):
    form = value_form(["Fair play "]) | inline(
        "questions", [{"text": "Who decides?", "position": 0}]
    )
    assert office.post(address(Value, "add"), form).status_code == 302
    made = Value.objects.get(slug="astonishment")
    assert [q.text for q in made.questions.all()] == ["Who decides?"]
    assert list(made.aliases.values_list("name", "slug")) == [("Fair play", "fair-play")]


@pytest.mark.parametrize(
    ("changes", "aliases", "said"),
    [
        ({"mark": "play"}, (), "“Play” has this mark. Choose one that no value has."),
        ({"mark": "unknown"}, (), "Select a valid choice."),
        ({"mark": ""}, (), "This field is required."),
        ({}, ("Play",), "“Play” is a value itself."),
        ({}, ("Astonishment",), "An alias is another word than the value itself."),
        ({}, ("One", "one!"), "The same alias stands here twice."),
        ({"name": "play"}, (), "“play” is a value already."),
    ],
)
def test_a_value_that_would_confuse_is_refused(office, changes, aliases, said):
    answer = office.post(address(Value, "add"), value_form(aliases, **changes))
    assert answer.status_code == 200
    assert said in answer.text
    assert Value.objects.count() == 16


def test_an_alias_leads_to_one_value_and_a_new_value_to_itself(office):
    taken = ValueAlias.objects.select_related("value").first()
    answer = office.post(address(Value, "add"), value_form([taken.name]))
    assert f"leads to “{taken.value}” already." in answer.text
    answer = office.post(address(Value, "add"), value_form(name=taken.name))
    assert f"leads to “{taken.value}”. Take the alias out first." in answer.text


def test_a_mark_needs_a_paint(office, monkeypatch):
    monkeypatch.setattr("communities.admin.vocabulary.painted_marks", frozenset)
    answer = office.post(address(Value, "add"), value_form())
    assert "“wonder” has no paint in static/css/tokens.css yet." in answer.text


def test_every_drawn_mark_has_its_paint_and_every_value_its_mark(db):
    assert len(drawn_marks()) == 24
    assert set(drawn_marks()) == painted_marks()
    assert set(Value.objects.values_list("mark", flat=True)) <= painted_marks()


def test_a_value_that_a_design_holds_is_not_deleted_nor_its_address_changed(cast, office):
    factories.community(cast.author)
    value = Value.objects.get(slug="care")
    assert office.post(address(Value, "delete", value.pk), {"post": "yes"}).status_code == 403
    form = value_form(name="Care", slug="nursing", mark="care") | inline("aliases")
    office.post(page_of(value), form)
    value.refresh_from_db()
    assert value.slug == "care"
    unused = Value.objects.exclude(community_values__isnull=False).exclude(insights__isnull=False)
    assert office.post(address(Value, "delete", unused[0].pk), {"post": "yes"}).status_code == 302


def test_a_section_keeps_its_key_and_is_ordered_in_the_list(office):
    first, second = SectionTemplate.objects.all()[:2]
    rows = [
        {"id": row.pk, "position": position, "is_active": "on"}
        for row, position in ((first, 1), (second, 0))
    ]
    form = inline("form", rows, 2) | {"_save": "Save"}
    assert office.post(address(SectionTemplate), form).status_code == 302
    assert list(SectionTemplate.objects.all()[:2]) == [second, first]
    assert 'name="key"' not in office.get(page_of(first)).text
    assert 'name="key"' in office.get(address(SectionTemplate, "add")).text


# --- Designs ------------------------------------------------------------------------------------


def test_a_new_address_keeps_the_old_one_and_is_announced_after_commit(
    cast, office, heard, django_capture_on_commit_callbacks
):
    made = factories.published(cast.author, cast.staff)
    heard.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post(page_of(made), community_form(made, slug="mending"))
        assert answer.status_code == 302
        assert heard == []
    assert heard == [[made.pk]]
    made.refresh_from_db()
    assert made.slug == "mending"
    assert OldSlug.objects.get(slug="the-mending-circle").community == made


def test_an_address_of_another_design_is_refused(cast, office):
    made, other = (factories.community(cast.author, title) for title in ("One", "Two"))
    OldSlug.objects.create(slug="once", community=other)
    for slug in ("two", "once", "start"):
        answer = office.post(page_of(made), community_form(made, slug=slug))
        assert "This address is, or once was, another design’s." in answer.text
    made.refresh_from_db()
    assert made.slug == "one"


def test_staff_correct_kind_mode_and_cohort_in_the_working_copy_only(cast, office):
    made = factories.published(cast.author, cast.staff)
    before = made.published_version_id
    office.post(page_of(made), community_form(made, kind="library", title="Mine now"))
    made.refresh_from_db()
    assert (made.kind, made.title) == ("library", "The Mending Circle")
    assert (made.published_version_id, made.revision) == (before, 2)


def test_who_saved_first_is_not_written_over(cast, office):
    made = factories.community(cast.author)
    form = community_form(made, kind="library")
    Community.objects.filter(pk=made.pk).update(revision=2, kind="camp")
    answer = office.post(page_of(made), form)
    assert "Somebody saved this design while you had it open." in answer.text
    made.refresh_from_db()
    assert made.kind == "camp"


def test_an_imported_design_is_completed_and_its_public_page_follows(cast, office):
    made = factories.community(cast.author, kind="")
    made.members.all().delete()
    Community.objects.filter(pk=made.pk).update(import_key="row", needs_staff="kind: missing")
    made.refresh_from_db()
    workflow.publish_imported([freeze(made, by=cast.staff)], by=cast.staff)
    assert made.title in office.get(address(Community), {"needs_staff": "yes"}).text
    form = community_form(made, kind="conference", is_complete="on")
    assert office.post(page_of(made), form).status_code == 302
    made.refresh_from_db()
    assert (made.needs_staff, made.published_version.snapshot["kind"]) == ("", "conference")
    last = SubmissionEvent.objects.last()
    assert (last.action, last.actor, last.note) == ("approve", cast.staff, "Corrected by staff.")
    assert made.catalogue_number == 1
    listed = office.get(address(Community), {"needs_staff": "yes"}).context["cl"].result_list
    assert list(listed) == []


def test_a_person_joins_the_team_in_the_admin(cast, office):
    made = factories.community(cast.author)
    member = made.members.get()
    rows = [
        {
            "id": member.pk,
            "community": made.pk,
            "user": cast.author.pk,
            "role": "lead",
            "position": 0,
        },
        {"user": cast.teammate.pk, "role": "designer", "position": 1},
    ]
    form = community_form(made) | inline("members", rows, 1)
    assert office.post(page_of(made), form).status_code == 302
    assert [m.user for m in made.members.all()] == [cast.author, cast.teammate]


# --- Pictures -----------------------------------------------------------------------------------


def test_hiding_a_picture_is_announced_and_logged_and_can_be_undone(
    cast, office, heard, django_capture_on_commit_callbacks
):
    made = factories.published(cast.author, cast.staff)
    photo = factories.photo(made, by=cast.author)
    for action, is_hidden in (("hide", True), ("hide", True), ("show_again", False)):
        with django_capture_on_commit_callbacks(execute=True):
            office.post(address(Photo), {"action": action, "_selected_action": [photo.pk]})
        photo.refresh_from_db()
        assert photo.is_hidden is is_hidden
    assert heard == [[made.pk], [made.pk]]
    entries = admin.models.LogEntry.objects.order_by("pk").values_list("change_message", flat=True)
    assert list(entries) == ["Hidden.", "Shown again."]
    with django_capture_on_commit_callbacks(execute=True):
        office.post(page_of(photo), {"is_hidden": "on", "alt": "Another"})
    photo.refresh_from_db()
    assert (photo.is_hidden, photo.alt) == (True, "A long table")
    assert len(heard) == 3


# --- The log ------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", READ_ONLY)
@pytest.mark.parametrize("is_superuser", [False, True])
def test_the_log_is_only_read_even_by_superusers(cast, sign_in, model, is_superuser):
    factories.published(cast.author, cast.staff)
    row = model._base_manager.first()
    person = factories.person("Root R.", is_staff=True, is_superuser=is_superuser)
    client = sign_in(person)
    before = list(model._base_manager.values())
    assert client.get(address(model, "add")).status_code == 403
    assert client.post(address(model, "add"), {}).status_code == 403
    assert client.post(page_of(row), {"status": "declined", "note": "x"}).status_code == 403
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    client.post(address(model), chosen)
    assert list(model._base_manager.values()) == before
    assert 'name="status"' not in client.get(page_of(row)).text


def test_no_page_of_the_admin_has_a_field_for_a_status(cast, office):
    row = factories.submitted(cast.author)
    workflow.move(row, Action.REQUEST_CHANGES, by=cast.staff, revision=1, note="Why?")
    for page in (page_of(row), page_of(row.community)):
        assert 'name="status"' not in office.get(page).text
    assert "Why?" in office.get(page_of(row)).text
    row.refresh_from_db()
    assert row.status == Status.CHANGES_REQUESTED
