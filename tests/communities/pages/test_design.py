from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string

from communities.pages import design_page
from communities.snapshot import (
    HeldValue,
    ImplementationNote,
    InsightNote,
    PhotoFile,
    PhotoNote,
    Purpose,
    ReflectionText,
    SectionText,
    SessionNote,
    Snapshot,
)
from tests.html import assert_valid, text_of


def drawn(page) -> str:
    body = render_to_string("communities/design/_design.html", {"page": page})
    head = '<!doctype html><html lang="en"><head><title>x</title></head><body>'
    return f"{head}{body}</body></html>"


def facts(page) -> dict[str, str]:
    return {fact.label: ", ".join(word.text for word in fact.words) for fact in page.facts}


def run(**fields) -> ImplementationNote:
    return ImplementationNote(**{"outcome": "ran", "starts_on": date(2025, 3, 3), **fields})


def test_a_design_with_a_title_only_is_a_whole_page():
    html = drawn(design_page(Snapshot(title="Bare"), slug="bare"))
    assert_valid(html)
    assert text_of(html, "design-head") == ["Bare"]
    assert [
        css for css in ("facts", "reasons", "photos", "prose", "run") if text_of(html, css)
    ] == []
    assert "No licence is stated" in html


def test_the_facts_are_said_only_where_known():
    snapshot = Snapshot(
        title="Night Kitchen",
        kind="book-club",
        implementations=(
            run(
                ends_on=date(2025, 3, 7),
                place="A kitchen",
                link="https://example.org/kitchen",
                sessions=(SessionNote(date=date(2025, 3, 3), title="Soup"),),
            ),
        ),
    )
    published_at = datetime(2025, 4, 14, tzinfo=UTC)
    page = design_page(snapshot, slug="x", number=58, version=3, published_at=published_at)
    assert facts(page) == {
        "Kind": "Book club",
        "Ran": "3–7 March 2025, 1 session",
        "Where": "A kitchen, example.org",
        "Catalogue no. 58": "Version 3, 14 April 2025",
    }


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 3, 3), None, "3 March 2025"),
        (date(2025, 3, 3), date(2025, 3, 3), "3 March 2025"),
        (date(2025, 2, 28), date(2025, 3, 1), "28 February – 1 March 2025"),
        (date(2024, 12, 30), date(2025, 1, 2), "30 December 2024 – 2 January 2025"),
    ],
)
def test_dates_say_month_and_year_once(first, last, words):
    page = design_page(
        Snapshot(title="x", implementations=(run(starts_on=first, ends_on=last),)), slug="x"
    )
    assert facts(page) == {"Ran": words}


@pytest.mark.parametrize(
    ("within", "beyond", "sentence", "bar"),
    [
        (19, 27, "19 from the institution, 27 beyond it", (41, 58)),
        (19, None, "19 from the institution", None),
        (None, 5, "5 from beyond it", None),
        (0, 5, "0 from the institution, 5 beyond it", None),
        (1, 5000, "1 from the institution, 5000 beyond it", (2, 97)),
    ],
)
def test_reach_counts_within_and_beyond(within, beyond, sentence, bar):
    snapshot = Snapshot(
        title="x",
        implementations=(run(participants_within=within, participants_beyond=beyond),),
    )
    reach = design_page(snapshot, slug="x").reach
    assert reach.sentence == sentence
    drawn_bar = (reach.within_percent, reach.beyond_percent) if reach.has_bar else None
    assert drawn_bar == bar


def test_reach_is_left_out_when_nobody_counted():
    assert design_page(Snapshot(title="x", implementations=(run(),)), slug="x").reach is None


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("ran", "0 from the institution, 0 beyond it"),
        ("stopped-early", "0 from the institution, 0 beyond it"),
        ("not-yet-run", None),
        ("did-not-happen", None),
    ],
)
def test_nought_people_are_said_only_of_what_took_place(outcome, sentence):
    noted = run(outcome=outcome, participants_within=0, participants_beyond=0)
    reach = design_page(Snapshot(title="x", implementations=(noted,)), slug="x").reach
    assert (reach and reach.sentence) == sentence


def test_a_value_without_a_reason_is_no_empty_box():
    values = (
        HeldValue(slug="care", name="Care", mark="care", rationale="Because.", evidence=""),
        HeldValue(slug="play", name="Play", mark="play", rationale="", evidence="They laughed."),
        HeldValue(slug="trust", name="Trust", mark="trust", rationale="", evidence=""),
    )
    html = drawn(design_page(Snapshot(title="x", values=values), slug="x"))
    assert text_of(html, "reason") == [
        "Care Because.",
        "Play What we saw. They laughed.",
        "Trust No reason written yet.",
    ]


def test_the_licence_of_a_draft_stands_on_its_page():
    html = drawn(design_page(Snapshot(title="x", licence="cc-by-4.0"), slug="x"))
    [colophon] = text_of(html, "colophon")
    assert colophon.startswith("Licence Text and drawings are free")


@pytest.mark.parametrize(
    ("outcome", "label", "title"),
    [
        ("stopped-early", "Stopped early", "This stopped early: 3 March 2025."),
        ("did-not-happen", "Did not happen", "This did not happen: planned for 3 March 2025."),
        ("not-yet-run", "Planned for", "This has not run yet: planned for 3 March 2025."),
    ],
)
def test_an_outcome_other_than_success_is_said_plainly_with_its_note(outcome, label, title):
    snapshot = Snapshot(
        title="x", implementations=(run(outcome=outcome, outcome_note="Nobody came.\n\nTwice."),)
    )
    page = design_page(snapshot, slug="x")
    html = drawn(page)
    assert_valid(html)
    assert text_of(html, "notice") == [f"{title}Nobody came. Twice."]
    assert facts(page) == {label: "3 March 2025"}
    assert page.runs == ()


@pytest.mark.parametrize(
    ("purpose", "sentence"),
    [
        (
            Purpose(who="neighbours", what="mend", so_that="nobody is afraid"),
            "We bring together neighbours to mend, so that nobody is afraid.",
        ),
        (
            Purpose(
                who="We bring together neighbours,", what="To mend", so_that="so that it  is.\n"
            ),
            "We bring together neighbours to mend, so that it is.",
        ),
        (Purpose(who="neighbours", what="mend"), ""),
        (
            Purpose(who="tomorrow", what="together", so_that="so thatched"),
            "We bring together tomorrow to together, so that so thatched.",
        ),
    ],
)
def test_the_purpose_is_one_sentence_of_three_parts(purpose, sentence):
    assert design_page(Snapshot(title="x", purpose=purpose), slug="x").purpose == sentence


def test_five_reflections_always_in_the_same_order():
    snapshot = Snapshot(
        title="x",
        implementations=(
            run(
                reflections=(
                    ReflectionText(stage="after", surprised="The tea.", worked_well="The relay."),
                    ReflectionText(stage="during", author="Amara T.", worked_well="The ring."),
                )
            ),
        ),
    )
    html = drawn(design_page(snapshot, slug="x"))
    assert_valid(html)
    silence = "Nobody answered this one."
    assert text_of(html, "reflection") == [
        "What worked well The relay. The team, after it ran The ring. Amara T., while it ran",
        f"What didn’t {silence}",
        f"What matched our expectations {silence}",
        "What surprised us The tea. The team, after it ran",
        f"What we would do differently {silence}",
    ]


def test_one_voice_needs_no_name():
    note = ReflectionText(stage="after", worked_well="The relay.")
    page = design_page(Snapshot(title="x", implementations=(run(reflections=(note,)),)), slug="x")
    assert [answer.author for answer in page.reflections[0].answers] == [""]


def test_sessions_draw_a_dot_for_each_person_as_long_as_somebody_could_count_them():
    sessions = (
        SessionNote(date=date(2025, 3, 3), title="A", participants_within=2, participants_beyond=1),
        SessionNote(date=date(2025, 3, 4), title="B", participants_beyond=5000),
        SessionNote(date=date(2025, 3, 5), title="C"),
    )
    html = drawn(
        design_page(Snapshot(title="x", implementations=(run(sessions=sessions),)), slug="x")
    )
    assert_valid(html)
    assert (html.count("<i></i>"), html.count('<i class="out"></i>')) == (2, 1)
    assert text_of(html, "here") == [
        "3 people: 2 from the institution, 1 beyond it",
        "5000 people: 5000 from beyond it",
    ]


def test_the_document_has_contents_two_columns_and_a_reading_time():
    sections = (
        SectionText(key="big-purpose", title="Big purpose", body="# A\n\nWord " * 300),
        SectionText(
            key="is-and-is-not",
            title="What it is",
            body="Our *own* words.",
            is_text="- one\n\n* two",
            is_not_text="three",
        ),
    )
    page = design_page(Snapshot(title="x", sections=sections), slug="x")
    html = drawn(page)
    assert_valid(html)
    assert (page.document.words, page.document.minutes) == (908, 5)
    assert text_of(html, "toc") == ["Big purposeWhat it is"]
    assert text_of(html, "is-isnot") == ["It is onetwo It is not three"]
    assert "Our <em>own</em> words." in html


def test_two_sections_with_footnotes_stay_valid():
    body = "One[^1]\n\n[^1]: Note."
    sections = tuple(SectionText(key=key, title=key, body=body) for key in ("a", "b"))
    assert_valid(drawn(design_page(Snapshot(title="x", sections=sections), slug="x")))


@pytest.mark.django_db
def test_insights_know_values_that_the_design_does_not_hold(django_assert_num_queries):
    snapshot = Snapshot(
        title="x",
        values=(HeldValue(slug="care", name="Care", mark="care"),),
        insights=(
            InsightNote(type="worked", headline="One", basis="counted", values=("care",)),
            InsightNote(type="nonsense", headline="Two", values=("mastery", "gone")),
            InsightNote(type="surprised", headline="Three"),
        ),
    )
    with django_assert_num_queries(1):
        page = design_page(snapshot, slug="x")
    shown = [(i.headline, i.names, i.mark, i.line) for i in page.insights]
    assert shown == [
        ("One", "Care", "care", "Worked well. Counted."),
        ("Two", "Mastery", "mastery", ""),
        ("Three", "", "", "Surprised us."),
    ]
    assert_valid(drawn(page))


def picture(key: str, **words) -> PhotoNote:
    files = tuple(
        PhotoFile(name=f"photos/{key[:2]}/{key}/abc-{width}.webp", width=width, height=width // 2)
        for width in (2560, 1280, 640, 320)
    )
    return PhotoNote(key=key, kind="photo", files=files, color="#336699", **words)


def test_pictures_come_in_every_size_and_the_cover_only_once():
    photos = (
        picture("a" * 32, alt="A table"),
        picture("b" * 32, caption="The shelf", credit="Bram"),
    )
    page = design_page(Snapshot(title="x", photos=photos, cover_key="b" * 32), slug="x")
    base = f"/pictures/{'b' * 32}/abc-"
    assert (page.cover.src, page.cover.full) == (f"{base}1280.webp", f"{base}2560.webp")
    sizes = (320, 640, 1280)
    assert page.cover.srcset == ", ".join(f"{base}{size}.webp {size}w" for size in sizes)
    assert (page.cover.sources, page.cover.tint) == ((), "r1 g3 b4")
    assert [p.alt for p in page.pictures] == ["A table"]
    html = drawn(page)
    assert_valid(html)
    assert html.count("<img") == 2


def test_an_undescribed_picture_leads_somewhere_with_a_name():
    page = design_page(Snapshot(title="x", photos=(picture("a" * 32), picture("b" * 32))), slug="x")
    assert text_of(drawn(page), "frame") == ["", "Picture 1"]


def test_nothing_that_people_write_becomes_markup():
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    value = HeldValue(slug="care", name=bad, mark='"><b>', rationale=bad, evidence=bad)
    snapshot = Snapshot(
        title=bad,
        summary=bad,
        description=bad,
        audience_note=bad,
        credit=bad,
        source_url="javascript:alert(1)",
        purpose=Purpose(who=bad, what=bad, so_that=bad),
        values=(value,),
        sections=(SectionText(key="a", title=bad, body=bad, is_text=bad, is_not_text=bad),),
        insights=(InsightNote(type="worked", headline=bad, body=bad, values=("care",)),),
        implementations=(run(outcome_note=bad, place=bad, link="javascript:alert(1)//"),),
        photos=(picture("a" * 32, alt=bad, caption=bad, credit=bad),),
    )
    html = drawn(design_page(snapshot, slug="x"))
    assert_valid(html)
    assert [word for word in ("<script", "<img src=x", '<b>"', "javascript:") if word in html] == []
