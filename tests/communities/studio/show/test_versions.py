"""History, comparing any two states, and restoring one, as a team does it."""

import re
from datetime import datetime

import pytest
import time_machine
from django.utils.timezone import get_current_timezone

from communities.models import SectionTemplate, Version
from communities.services.corrections import hide_photos
from communities.services.document import save_section
from communities.services.editing import save_revised
from communities.services.versions import freeze
from tests import factories
from tests.html import assert_valid, text_of

STORY = "Children go round in pairs and draw what is wrong with the bicycle."


@pytest.fixture
def write(design, cast):
    """write(key, text) saves a section at whatever revision it has."""

    def save(key, body):
        template = SectionTemplate.objects.get(key=key)
        section = design.sections.filter(template=template).first()
        revision = section.revision if section else 0
        return save_section(design, template, by=cast.author, revision=revision, body=body)

    return save


def plain(html: str) -> str:
    main = html.split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_the_history_says_who_when_why_and_how_much(cast, design, at, sign_in, write):
    freeze(design, by=cast.author, note="Before the run")
    write("structure", "Six benches in a yard.")
    freeze(design, by=cast.teammate)
    client = sign_in(cast.author)
    html = client.get(at("studio_versions")).content.decode()
    assert_valid(html)
    said = plain(html)
    assert "Version 2 Saved by hand by Jun-ho P." in said
    # The title of a section that was not there counts as well.
    assert "6 words added ." in said or "6 words added." in said
    assert "Before the run Version 1. Saved by hand by Amara T." in said
    assert said.index("Version 2") < said.index("Before the run")


def test_a_sending_that_saves_itself_makes_no_version(cast, design, at, sign_in):
    client = sign_in(cast.author)
    sent = {"note": "Before the run", "key": "5b9bb3ac-6c76-4d1c-8d1c-4a8f0b5cf9ab"}
    answer = client.post(at("studio_versions"), sent, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.json()["state"]) == (202, "kept")
    assert not design.versions.exists()


def test_a_long_history_has_pages(cast, design, at, sign_in, django_assert_num_queries):
    made = freeze(design, by=cast.author)
    rest = [
        Version(community=design, number=n, snapshot=made.snapshot, reason="saved", note=f"No {n}.")
        for n in range(2, 121)
    ]
    Version.objects.bulk_create(rest)
    client = sign_in(cast.author)
    with django_assert_num_queries(6):
        first = client.get(at("studio_versions")).content.decode()
    assert ("No 120." in first, "No 71." in first, "No 70." in first) == (True, True, False)
    assert "?page=2" in first
    last = client.get(at("studio_versions"), {"page": "3"}).content.decode()
    assert ("No 20." in last, "Older versions" in last, "?page=2" in last) == (True, False, True)
    for odd in ("0", "-1", "x", "9" * 40, "²"):
        assert client.get(at("studio_versions"), {"page": odd}).status_code == 200
    with django_assert_num_queries(5):
        client.get(at("studio_compare"), {"from": "7"})


def test_two_versions_with_what_moved_and_what_was_reworded(cast, design, at, sign_in, write):
    write("structure", f"{STORY}\n\nThe bell rings twice.\n\nThe gate opens at three.")
    freeze(design, by=cast.author, note="Before the run")
    write("structure", "The bell rings twice.\n\nThe gate opens at four.")
    write("calendar", STORY)
    freeze(design, by=cast.author, note="After it")
    client = sign_in(cast.teammate)
    for view in ("", "sides"):
        answer = client.get(at("studio_compare"), {"from": "1", "to": "2", "view": view})
        html = answer.content.decode()
        assert_valid(html)
        said = plain(html)
        assert "From “Before the run” to “After it”" in said
        assert "Moved to “Calendar”: “Children go round in pairs and draw what" in said
        assert "Moved here from “Structure”" in said
        assert "1 paragraph unchanged" in said
        assert "<del>three</del>" in html
        assert "<ins>four</ins>" in html


def test_what_is_too_much_to_compare_is_cut_and_the_page_says_so(cast, design, at, sign_in, write):
    """Fifty thousand words: half of them a paragraph each, the others all in one."""
    words = [f"w{number}" for number in range(25_000)]
    write("structure", "\n\n".join(words))
    write("calendar", " ".join(words))
    freeze(design, by=cast.author)
    write("structure", "\n\n".join(reversed(words)))
    write("calendar", " ".join(f"{word} x" for word in words))
    client = sign_in(cast.author)
    for view in ("", "sides"):
        html = client.get(at("studio_compare"), {"view": view}).content.decode()
        said = plain(html)
        assert said.count("This text is too long to be compared to its end.") == 2


def test_what_is_now_can_be_either_end(cast, design, at, sign_in, write):
    freeze(design, by=cast.author, note="Before the run")
    write("big-purpose", "Why we go on.")
    client = sign_in(cast.author)
    for query, words in (
        ({}, "From “Before the run” to what is now"),
        ({"from": "1"}, "From “Before the run” to what is now"),
        ({"from": "now", "to": "1"}, "From what is now to “Before the run”"),
        ({"from": "now", "to": "now"}, "Nothing changed"),
    ):
        assert words in plain(client.get(at("studio_compare"), query).content.decode())


def test_on_paper_it_says_of_which_design_and_when_each_was(cast, design, at, sign_in, write):
    """The name and the lists of versions stand in parts of the page that are not printed."""
    with time_machine.travel(datetime(2026, 4, 2, 20, 15, tzinfo=get_current_timezone())):
        freeze(design, by=cast.author, note="Before the run")
    write("structure", "Six benches in a yard.")
    client = sign_in(cast.author)
    with time_machine.travel(datetime(2026, 5, 3, 9, 5, tzinfo=get_current_timezone())):
        html = client.get(f"{at('studio_compare')}?from=1&to=now").content.decode()
    assert text_of(html, "print-only") == [
        "Bench Swap: version 1, 2 April 2026, 20:15, beside what is now, 3 May 2026, 09:05"
    ]


def test_odd_ends_are_addresses_of_nothing(cast, design, at, sign_in):
    client = sign_in(cast.author)
    answer = client.get(at("studio_compare"))
    assert "Nothing to compare yet" in answer.content.decode()
    assert_valid(answer.content.decode())
    freeze(design, by=cast.author)
    for odd in ("2", "0", "-1", "x", "١", "9" * 400, "1 OR 1", "<script>"):
        assert client.get(at("studio_compare"), {"from": odd}).status_code == 404
        assert client.get(at("studio_compare"), {"from": "1", "to": odd}).status_code == 404


def test_hostile_text_is_inert_in_every_view(cast, design, at, sign_in, write):
    freeze(design, by=cast.author, note="<script>alert(1)</script>")
    write("structure", "<img src=x onerror=alert(1)>\n\n\u202e</ins></section><script>1</script>")
    client = sign_in(cast.author)
    for address in (
        at("studio_versions"),
        at("studio_compare"),
        f"{at('studio_compare')}?view=sides",
        at("studio_version_restore", 1),
    ):
        html = client.get(address).content.decode()
        assert_valid(html)
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_a_hidden_picture_is_not_shown_in_a_comparison(cast, design, at, sign_in):
    photo = factories.photo(design, by=cast.author, caption="Secretive")
    freeze(design, by=cast.author)
    hide_photos([photo], is_hidden=True)
    client = sign_in(cast.author)
    assert "Secretive" not in client.get(at("studio_compare")).content.decode()
    assert "Secretive" not in client.get(at("studio_version_restore", 1)).content.decode()


def form_of(html: str) -> dict:
    names = re.findall(r'name="(key|seal)" value="([^"]*)"', html)
    return dict(names)


def test_restoring_says_first_what_will_change(cast, design, at, sign_in, write):
    freeze(design, by=cast.author, note="Before the run")
    write("big-purpose", "Newer words.")
    client = sign_in(cast.teammate)
    html = client.get(at("studio_version_restore", 1)).content.decode()
    assert_valid(html)
    assert "Restore “Before the run”?" in plain(html)
    sent = form_of(html)
    for _ in range(2):  # the second click finds what the first one did
        answer = client.post(at("studio_version_restore", 1), sent, follow=True)
        assert "Restored “Before the run”" in answer.content.decode()
    assert design.sections.get().body == "Why we made Bench Swap."
    notes = [version.note for version in design.versions.all()]
    assert notes == ["Before version 1 was restored", "Before the run"]
    html = client.get(at("studio_version_restore", 1)).content.decode()
    assert "Your draft says exactly this already." in html


def test_a_restore_that_meets_a_newer_save_asks_again(cast, design, at, sign_in, write):
    freeze(design, by=cast.author)
    client = sign_in(cast.teammate)
    write("big-purpose", "Newer words.")
    sent = form_of(client.get(at("studio_version_restore", 1)).content.decode())
    write("big-purpose", "Words of this moment.")
    answer = client.post(at("studio_version_restore", 1), sent)
    assert answer.status_code == 409
    assert "Words of this moment." in plain(answer.content.decode())
    assert design.sections.get().body == "Words of this moment."
    sent = form_of(answer.content.decode())
    assert client.post(at("studio_version_restore", 1), sent).status_code == 302
    assert client.post(at("studio_version_restore", 1), {"seal": "x" * 99}).status_code == 409


def test_whoever_has_the_section_open_gets_both_texts(cast, design, at, sign_in, write):
    freeze(design, by=cast.author)
    write("big-purpose", "Newer words.")
    client = sign_in(cast.teammate)
    sent = form_of(client.get(at("studio_version_restore", 1)).content.decode())
    client.post(at("studio_version_restore", 1), sent)
    other = sign_in(cast.author)
    late = {"body": "Still typing.", "revision": "2"}
    answer = other.post(at("studio_section", "big-purpose"), late)
    assert answer.status_code == 409
    assert "Still typing." in answer.content.decode()
    assert 'class="clash"' in answer.content.decode()
    assert design.sections.get().body == "Why we made Bench Swap."


def test_versions_without_a_size_say_none(cast, design, at, sign_in):
    version = freeze(design, by=cast.author)
    Version.objects.filter(pk=version.pk).update(words_added=None, words_cut=None)
    save_revised(design, by=cast.author, revision=design.revision, summary="Newer.")
    said = plain(sign_in(cast.author).get(at("studio_versions")).content.decode())
    assert "words" not in said.split("A version is frozen")[0]
