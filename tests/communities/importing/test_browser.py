"""Importing in the browser: preview, complaints, confirming what was previewed, undoing it."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from accounts.models import Cohort
from communities.importing import confirm, undo
from communities.models import Community, DesignImport, Implementation, TeamEvent
from communities.services.reports import add_report
from communities.services.team import add_teammate, take_out
from communities.subjects import find
from gallery.models import Entry
from tests import factories
from tests.html import assert_valid, text_of

URL = "/review/import/"
ROW = {
    "title": "Repair Café",
    "kind": "workshop",
    "place": "Oslo",
    "starts": "2025-03-01",
    "values": "care: because; unheard-of",
    "topics": "Bicycles",
    "source_url": "https://example.org/repair",
}
OTHER = {"title": "Night Shelf", "place": "Lund", "starts": "2025-04-01"}


@pytest.fixture
def staff(sign_in, cast):
    return sign_in(cast.staff)


@pytest.fixture
def send(staff):
    """send(rows…) sends a file; the answer, of the preview where there is one."""

    def sent(*rows, name="designs.jsonl", content=None, **data):
        if content is None:
            content = "\n".join(json.dumps(row) for row in rows).encode()
        file = SimpleUploadedFile(name, content)
        return staff.post(URL, {"file": file, **data}, follow=True)

    return sent


@pytest.fixture
def imported(send, staff, django_capture_on_commit_callbacks):
    """imported(rows…) sends and confirms; the import."""

    def done(*rows, **data) -> DesignImport:
        page = send(*rows, **data)
        with django_capture_on_commit_callbacks(execute=True):
            assert staff.post(page.redirect_chain[-1][0]).status_code == 302
        return DesignImport.objects.latest("pk")

    return done


@pytest.fixture
def take_back(staff, django_capture_on_commit_callbacks):
    def undone(made: DesignImport) -> DesignImport:
        with django_capture_on_commit_callbacks(execute=True):
            assert staff.post(f"{URL}{made.pk}/undo/").url == f"{URL}{made.pk}/"
        made.refresh_from_db()
        return made

    return undone


def test_a_preview_says_what_would_be_made_and_writes_nothing(send):
    page = send(ROW, {**ROW, "starts": "2025-05-01"}, ROW, OTHER).content.decode()
    assert "4 rows: 2 new designs, 1 further run, 1 here already, 0 wrong." in page
    complaints, rows = text_of(page, "queue")
    assert "Line 1valuesleft out We do not know “unheard-of”; left out." in complaints
    assert "Repair Café Line 1 new design workshop Oslo 1 Mar 2025" in rows
    assert "Repair Café Line 2 further run" in rows
    assert "Repair Café Line 3 here already" in rows
    assert_valid(page)
    assert not Community.objects.exists()


def test_confirming_imports_drafts_once(imported, staff):
    made = imported(ROW, OTHER)
    assert sorted(Community.objects.values_list("title", flat=True)) == [
        "Night Shelf",
        ROW["title"],
    ]
    assert (made.designs, made.runs, bytes(made.content)) == (2, 0, b"")
    assert not Community.objects.published().exists()
    again = staff.post(f"{URL}{made.pk}/")
    assert again.status_code == 200
    assert "2 designs made as drafts" in again.content.decode()
    assert_valid(again.content.decode())
    assert Community.objects.count() == 2
    page = staff.get(URL).content.decode()
    assert "designs.jsonl" in page
    assert_valid(page)


def test_what_is_published_at_once_is_found(imported, client):
    imported(ROW, publish="on")
    assert Entry.objects.get().community.title == ROW["title"]
    client.logout()
    assert client.get("/designs/repair-cafe/").status_code == 200


def test_wrong_rows_are_named_by_line_and_column_and_nothing_can_be_imported(send, staff):
    answer = send(ROW, {"title": "", "kind": "circus"}, {"title": "x" * 200, "starts": "soon"})
    page = answer.content.decode()
    complaints = text_of(page, "queue")[0]
    assert "Line 2titlewrong It is missing." in complaints
    assert "Line 2kindwrong “circus” is none of" in complaints
    assert "Line 3titlewrong 200 characters; at most 120 fit." in complaints
    assert "Line 3startswrong “soon” is not a date" in complaints
    assert "Import as drafts" not in page
    assert_valid(page)
    assert staff.post(answer.redirect_chain[-1][0]).status_code == 409
    assert not Community.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"x", "Choose a file that ends in .csv or .jsonl."),
        ("a.csv", b"", "This file is empty."),
        ("a.csv", b"name,kind\nx,y\n", "The first line has no column “title”."),
        ("a.csv", b"title\n\xff\xfe\n", "The file is not in UTF-8."),
        ("a.csv", b"title\n" + b"x\n" * 501, "The file has more than 500 rows."),
        ("a.csv", b"x" * (2 * 1024 * 1024 + 1), "This file has 2.0 MB; at most 2 fit."),
    ],
)
def test_what_is_no_list_of_designs_is_refused(send, name, content, words):
    answer = send(name=name, content=content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert_valid(answer.content.decode())
    assert not DesignImport.objects.exists()


def test_no_file_is_refused_with_the_rest_kept(staff):
    answer = staff.post(URL, {"columns": "title=name", "publish": "on"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a file." in page
    assert "title=name</textarea>" in page


def test_columns_go_by_the_names_that_are_given(send):
    content = "\ufeffname;where\nRepair Café;Oslo\n".encode()
    page = send(name="a.csv", content=content, columns="title=name\nplace = where")
    assert (
        "Repair Café Line 2 new design No kind Oslo" in text_of(page.content.decode(), "queue")[-1]
    )
    answer = send(name="a.csv", content=content, columns="titel=name")
    assert answer.status_code == 422
    assert "titel=name: write OURS=THEIRS" in answer.content.decode()


def test_what_nobody_reads_is_said(send):
    page = send({**ROW, "<b>colour</b>": "red"}).content.decode()
    assert "Not read: “&lt;b&gt;colour&lt;/b&gt;”." in page


def test_a_preview_is_its_senders_alone_and_ends(send, sign_in, cast, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False)
    address = send(ROW).redirect_chain[-1][0]
    other = factories.person("Ines B.", is_staff=True)
    assert sign_in(other).get(address).status_code == 404
    assert sign_in(other).post(address).status_code == 404
    time_machine.shift(timedelta(hours=3))
    answer = sign_in(cast.staff).post(address)
    assert answer.url == URL
    assert not Community.objects.exists()
    send(OTHER)
    assert DesignImport.objects.count() == 1


def test_only_the_last_few_previews_are_kept(send):
    for _ in range(8):
        send(ROW)
    assert DesignImport.objects.count() == 5


def test_when_something_changed_since_the_preview_it_is_shown_again(send, staff, imported):
    address = send(ROW, OTHER).redirect_chain[-1][0]
    imported(OTHER)
    answer = staff.post(address)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Something changed since you looked." in page
    assert "2 rows: 1 new design, 0 further runs, 1 here already" in page
    assert_valid(page)
    assert Community.objects.count() == 1
    assert staff.post(address).status_code == 302
    assert Community.objects.count() == 2


def test_a_cohort_that_went_away_stops_the_import(send, staff):
    cohort = factories.cohort("Spring")
    address = send({**ROW, "cohort": "spring"}).redirect_chain[-1][0]
    Cohort.objects.filter(pk=cohort.pk).delete()
    answer = staff.post(address)
    assert answer.status_code == 409
    assert "There is none called “spring”." in answer.content.decode()


def test_undoing_removes_exactly_what_the_import_made(imported, take_back, cast, client):
    kept = factories.published(cast.author, cast.staff)
    made = imported(ROW, {**ROW, "starts": "2025-05-01"}, OTHER, publish="on")
    assert Entry.objects.count() == 3
    made = take_back(made)
    assert list(Community.objects.values_list("pk", flat=True)) == [kept.pk]
    assert list(Entry.objects.values_list("community", flat=True)) == [kept.pk]
    assert made.kept == []
    page = client.get(f"{URL}{made.pk}/").content.decode()
    assert "Nothing of it is left." in page
    assert_valid(page)
    client.logout()
    assert client.get("/designs/repair-cafe/").status_code == 404
    assert "Repair Café" not in client.get("/designs/?q=repair").content.decode()


def test_an_import_by_the_command_is_noted_and_undone_like_one_in_the_browser(
    imported, take_back, staff, cast, tmp_path, django_capture_on_commit_callbacks
):
    kept = imported(OTHER, publish="on").made.get().community
    rows = [ROW, {**ROW, "starts": "2025-05-01"}, {**OTHER, "starts": "2025-06-01"}]
    file, out = tmp_path / "shelves.jsonl", io.StringIO()
    file.write_text("\n".join(map(json.dumps, rows)))
    options = ["--publish", "--by", cast.staff.email]
    with django_capture_on_commit_callbacks(execute=True):
        call_command("import_designs", file, *options, stdout=out, stderr=io.StringIO())
    made = DesignImport.objects.latest("pk")
    assert (made.by, made.file_name, made.publish) == (cast.staff, "shelves.jsonl", True)
    assert (made.designs, made.runs, made.content) == (1, 2, b"")
    assert f"It can be undone at {URL}{made.pk}/." in out.getvalue()
    assert "shelves.jsonl" in staff.get(URL).content.decode()
    assert Implementation.objects.count() == 4
    made = take_back(made)
    assert (made.undone_by, made.kept) == (cast.staff, [])
    assert list(Community.objects.published()) == [kept]
    assert kept.implementations.count() == 1


@pytest.mark.parametrize("options", [["--dry-run"], []])
def test_a_command_that_wrote_nothing_notes_nothing(imported, cast, tmp_path, options):
    imported(ROW)
    file = tmp_path / "again.jsonl"
    file.write_text(json.dumps(OTHER if options else ROW))
    call_command("import_designs", file, *options, stdout=io.StringIO(), stderr=io.StringIO())
    assert DesignImport.objects.count() == 1


def test_what_was_said_of_an_imported_design_goes_with_it(imported, take_back, cast):
    made = imported(ROW, publish="on")
    design = made.made.get().community
    add_report(find("design", str(design.catalogue_number)), problem="other", words="Not ours.")
    assert take_back(made).kept == []
    assert not Community.objects.exists()


def test_what_was_undone_can_be_imported_again(imported, take_back):
    take_back(imported(ROW, publish="on"))
    imported(ROW, publish="on")
    assert Entry.objects.get().community.title == ROW["title"]


def test_what_somebody_worked_on_stays_and_is_named(imported, take_back, staff, cast):
    made = imported(ROW, OTHER, {"title": "Third"}, {"title": "Fourth"}, {"title": "Fifth"})
    find = Community.objects.get
    add_teammate(find(title="Repair Café"), user=cast.author)
    factories.insight(find(title="Third"), by=cast.staff)
    Implementation.objects.filter(community__title="Fourth").update(revision=2)
    child = factories.community(cast.author, "A Child")
    Community.objects.filter(pk=child.pk).update(parent=find(title="Fifth"))
    page = staff.get(f"{URL}{made.pk}/undo/").content.decode()
    assert "Repair Café</a>. It has a team now." in page
    assert_valid(page)
    made = take_back(made)
    assert [(title, why) for title, _, why in made.kept] == [
        ("Fifth", "Other designs build on it."),
        ("Fourth", "Somebody has changed it."),
        ("Repair Café", "It has a team now."),
        ("Third", "Somebody has written in it or added pictures."),
    ]
    assert not Community.objects.filter(title="Night Shelf").exists()
    assert_valid(staff.get(f"{URL}{made.pk}/").content.decode())


def test_a_design_whose_team_somebody_left_stays_with_the_log_of_it(imported, take_back, cast):
    made = imported(ROW, OTHER)
    design = Community.objects.get(title="Repair Café")
    take_out(add_teammate(design, user=cast.author), by=cast.staff)
    told = list(TeamEvent.objects.values())
    assert [why for *_, why in take_back(made).kept] == ["Somebody was in its team."]
    assert list(Community.objects.all()) == [design]
    assert list(TeamEvent.objects.values()) == told


def test_a_further_run_is_taken_out_and_the_public_page_follows(imported, take_back, client):
    imported(ROW, publish="on")
    second = imported({**ROW, "starts": "2025-05-01"}, publish="on")
    assert (second.designs, second.runs) == (0, 1)
    take_back(second)
    assert Implementation.objects.count() == 1
    client.logout()
    exported = client.get("/designs/repair-cafe/export.json").json()
    assert [run["starts_on"] for run in exported["implementations"]] == ["2025-03-01"]


def test_what_a_later_import_added_to_stays(imported, take_back):
    first = imported(ROW)
    imported({**ROW, "starts": "2025-05-01"})
    assert [why for *_, why in take_back(first).kept] == [
        "A later import or a correction has added to it."
    ]


def test_undoing_twice_is_undoing_once(imported, take_back, staff, cast):
    made = take_back(imported(ROW))
    at = made.undone_at
    assert staff.get(f"{URL}{made.pk}/undo/").url == f"{URL}{made.pk}/"
    assert undo(made, by=cast.staff).undone_at == at


def test_members_learn_nothing(sign_in, cast, imported):
    made = imported(ROW)
    for path in ("", f"{made.pk}/", f"{made.pk}/undo/"):
        assert sign_in(cast.author).get(URL + path).status_code == 404
        assert sign_in(cast.author).post(URL + path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_rows_costs_no_query(send, staff, rows, django_assert_num_queries):
    listed = [{**OTHER, "title": f"Design {n}"} for n in range(rows)]
    address = send(*listed).redirect_chain[-1][0]
    with django_assert_num_queries(9):
        staff.get(address)
    confirm(DesignImport.objects.get(), by=DesignImport.objects.get().by)
    with django_assert_num_queries(6):
        staff.get(f"{address}undo/")
    with django_assert_num_queries(5):
        staff.get(URL)
