"""`manage.py import_designs`, as the person at the terminal meets it."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Cohort
from communities.models import Community, Implementation, Topic, Value, Version
from communities.snapshot import Snapshot

ROW = {
    "title": "Slow Hack",
    "kind": "Hackathon",
    "mode": "hybrid",
    "summary": "Build one useful thing for one named neighbour.",
    "description": "Four afternoons.",
    "values": "equity: because the door was never neutral; Care",
    "topics": "Repair; Software;repair",
    "place": "Lisbon",
    "starts": "2024-10-07",
    "ends": "2024-10-10",
    "participants_within": "12",
    "participants_beyond": "30",
    "outcome": "stopped-early",
    "cohort": "",
    "licence": "CC BY-SA 4.0",
    "credit": "A team in Lisbon",
    "source_url": "https://example.org/slow-hack",
}


@pytest.fixture
def staff(cast):
    return cast.staff


@pytest.fixture
def run(staff, tmp_path):
    """run(rows, *options) imports them as JSON Lines and returns what was printed."""

    def importing(rows, *options, name="rows.jsonl"):
        file = tmp_path / name
        if name.endswith(".csv"):
            file.write_text(_as_csv(rows), encoding="utf-8-sig")
        else:
            lines = (r if isinstance(r, str) else json.dumps(r) for r in rows)
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_designs", str(file), *options, stdout=out, stderr=err)
        except CommandError as error:
            err.write(f"CommandError: {error}\n")
        return out.getvalue(), err.getvalue()

    return importing


def _as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_every_column_arrives(run, name):
    run([ROW], "--publish", name=name)
    design = Community.objects.published().get()
    snapshot = Snapshot.from_json(design.published_version.snapshot)
    [held, care] = snapshot.values
    [implementation] = snapshot.implementations
    assert (design.slug, design.title, design.kind, design.mode) == (
        "slow-hack",
        "Slow Hack",
        "hackathon",
        "hybrid",
    )
    assert (held.slug, held.rationale) == ("equity", "because the door was never neutral")
    assert (care.slug, care.rationale) == ("care", "")
    assert [topic.name for topic in snapshot.topics] == ["Repair", "Software"]
    assert (implementation.place, implementation.outcome) == ("Lisbon", "stopped-early")
    assert implementation.starts_on == date(2024, 10, 7)
    assert implementation.ends_on == date(2024, 10, 10)
    assert (snapshot.participants_within, snapshot.participants_beyond) == (12, 30)
    assert (snapshot.licence, snapshot.credit) == ("cc-by-sa-4.0", "A team in Lisbon")
    assert snapshot.source_url == "https://example.org/slow-hack"


def test_without_publish_it_stays_a_draft(run):
    out, _ = run([ROW])
    assert Community.objects.get().published_version is None
    assert Version.objects.count() == 0
    assert out.splitlines()[:2] == [
        "1 rows read.",
        "1 designs made as drafts, 0 further runs added.",
    ]


def test_a_dry_run_writes_nothing(run):
    out, _ = run([ROW], "--publish", "--dry-run")
    assert Community.objects.count() == 0
    assert Topic.objects.count() == 0
    assert "1 designs would be published" in out


def test_one_wrong_row_stops_all_and_every_mistake_is_named(run):
    wrong = ROW | {
        "title": "",
        "kind": "tavern",
        "starts": "31.12.2024",
        "participants_within": "many",
        "source_url": "javascript:alert(1)",
        "cohort": "Nobody",
    }
    _, err = run([ROW, wrong, "{broken", "[]"], "--publish")
    assert Community.objects.count() == 0
    kinds = (
        "school, afterschool, micro-school, alternative-school, workshop, incubator, conference,"
        " unconference, hackathon, book-club, discussion-group, team, camp, library, unschool,"
        " tutoring"
    )
    assert err.splitlines() == [
        "line 2: title: it is missing.",
        "line 2: source_url: “javascript:alert(1)” is not a web address.",
        f"line 2: kind: “tavern” is none of {kinds}.",
        "line 2: starts: “31.12.2024” is not a date such as 2026-03-31.",
        "line 2: participants_within: “many” is not a number of people.",
        "line 2: cohort: there is none called “Nobody”.",
        "line 3: Not readable as JSON.",
        "line 4: Not a JSON object.",
        "CommandError: 3 of 4 rows are wrong. Nothing was imported.",
    ]


def test_lines_of_a_csv_are_those_an_editor_shows(run):
    rows = [ROW | {"description": "two\nlines"}, ROW | {"title": "", "place": "Porto"}]
    _, err = run(rows, name="rows.csv")
    assert err.splitlines()[0] == "line 4: title: it is missing."


def test_unknown_values_are_reported_and_not_invented(run):
    before = Value.objects.count()
    _, err = run([ROW | {"values": "fairness: so; Disruption; care"}], "--publish")
    assert err.splitlines() == ["line 1: values: we do not know “Disruption”; left out."]
    assert Value.objects.count() == before
    design = Community.objects.get()
    assert [link.value.slug for link in design.community_values.all()] == ["equity", "care"]
    assert design.needs_staff == "values: we do not know “Disruption”; left out."


def test_a_missing_kind_is_marked_for_staff(run):
    out, _ = run([ROW | {"kind": ""}], "--publish")
    assert Community.objects.get().needs_staff == "kind: missing"
    assert "1 designs have no kind; they are marked for staff." in out


def test_importing_again_makes_no_duplicates(run):
    rows = [ROW, ROW | {"source_url": "", "title": "No source"}]
    run(rows, "--publish")
    out, _ = run(rows, "--publish")
    assert Community.objects.count() == 2
    assert Implementation.objects.count() == 2
    assert Version.objects.count() == 2
    assert out.splitlines()[1:] == [
        "0 designs published, 0 further runs added.",
        "2 rows were here already.",
    ]


def test_two_places_with_the_same_title_both_survive(run):
    run([ROW, ROW | {"place": "Porto"}], "--publish")
    slugs = Community.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["slow-hack", "slow-hack-2"]


def test_a_new_date_is_a_further_run_of_the_same_design(run):
    run([ROW], "--publish")
    out, _ = run([ROW, ROW | {"starts": "2025-10-06", "ends": "2025-10-09"}], "--publish")
    design = Community.objects.get()
    snapshot = Snapshot.from_json(design.published_version.snapshot)
    assert snapshot.years == (2024, 2025)
    assert design.published_version.number == 2
    assert "0 designs published, 1 further runs added." in out


def test_columns_can_be_named_otherwise(run):
    row = {"name": "Slow Hack", "city": "Lisbon", "notes": "ignored"}
    run([row], "--map", "title=name", "--map", "place=city")
    assert Implementation.objects.get().place == "Lisbon"


def test_cohorts_are_found_by_name(run):
    spring = Cohort.objects.create(
        name="Spring 2025",
        slug="spring-2025",
        starts_on=date(2025, 2, 3),
        ends_on=date(2025, 5, 30),
        capacity=40,
    )
    run([ROW | {"cohort": "spring 2025"}])
    assert Community.objects.get().cohort == spring


@pytest.mark.parametrize(
    "hostile",
    [
        {"title": "A\x00B\ud800"},
        {"title": "=cmd|' /C calc'!A0"},
        {"description": "<script>alert(1)</script>" * 500},
        {"values": ";;:;: ;" * 200},
        {"topics": "!!!;\u200b;日本語"},
        {"participants_within": "9" * 4000},
        {"starts": {"a": [1]}},
    ],
)
def test_hostile_cells_are_taken_or_refused_but_never_crash(run, hostile):
    out, err = run([ROW | hostile], "--publish")
    assert ("1 designs published" in out) != ("Nothing was imported" in err)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00", "The file is not in UTF-8. Save it as UTF-8 and try again."),
        (b"name;place\nx;y\n", "The first line has no column “title”."),
    ],
)
def test_files_that_cannot_be_read_say_why(staff, tmp_path, content, message):
    file = tmp_path / "rows.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="Nothing was imported") as raised:
        call_command("import_designs", str(file))
    assert str(raised.value).startswith(message)


def test_only_staff_can_answer_for_an_import(cast, tmp_path):
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(ROW))
    with pytest.raises(CommandError, match="no staff member"):
        call_command("import_designs", str(file), "--by", cast.author.email)
    cast.staff.delete()
    with pytest.raises(CommandError, match="createsuperuser first"):
        call_command("import_designs", str(file))


def test_the_number_of_queries_does_not_grow_with_the_rows(run, django_assert_max_num_queries):
    rows = [ROW | {"place": f"Town {number}"} for number in range(60)]
    with django_assert_max_num_queries(60):
        run(rows, "--publish")
    assert Community.objects.published().count() == 60


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv"])
def test_a_column_that_nobody_reads_is_named(run, name):
    out, err = run([{**ROW, "colour": "red", "vlaues": "care"}], "--dry-run", name=name)
    assert out.startswith("1 ")
    assert err == (
        "Not read: there is no column “colour” (--map gives it a name).\n"
        "Not read: there is no column “vlaues” (--map gives it a name).\n"
    )
