"""A draft taken away: everything the team wrote, as a text and as data."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine

from communities.enums import Outcome
from communities.models import SectionTemplate, Value
from communities.services.about import save_about
from communities.services.document import save_section
from communities.services.implementations import add_implementation, add_reflection
from communities.services.working_copy import snapshot_of
from communities.snapshot import Snapshot
from tests import factories

ROWS = {
    "layout": "barriers",
    "barriers": [{"id": "1x1", "kind": "time", "need": "Late shift", "antidote": "At three"}],
}


@pytest.fixture
def whole(cast, design):
    """A draft in which something stands in every place."""
    design.refresh_from_db()
    about = {"description": "A long table.", "credit": "With the school.", "audience_note": "Ten."}
    save_about(design, by=cast.author, revision=design.revision, topics=["Repair"], **about)
    for template in SectionTemplate.objects.exclude(key="big-purpose"):
        more = {"structure": ROWS} if template.key == "barriers" else {}
        if template.key == "is-and-is-not":
            more = {"is_text": "a yard", "is_not_text": "a shop"}
        text = f"Of {template.key}."
        save_section(design, template, by=cast.author, revision=0, body=text, **more)
    run = add_implementation(
        design,
        by=cast.author,
        outcome=Outcome.STOPPED_EARLY,
        outcome_note="It rained.",
        goals="- Teach one\n- Rest",
        link="https://example.org/swap",
        starts_on=date(2026, 5, 18),
        capacity=20,
        participants_within=2,
        participants_beyond=3,
        sessions=[
            {
                "date": date(2026, 5, 18),
                "title": "The yard",
                "notes": "Six benches.",
                "participants_within": 1,
                "participants_beyond": 3,
            }
        ],
    )
    care = Value.objects.get(slug="care")
    asked = care.questions.first().text
    add_reflection(
        run,
        by=cast.author,
        author=cast.author,
        surprised="A choir.",
        value_answers=[{"value": "care", "name": "Care", "question": asked, "answer": "We asked."}],
    )
    factories.photo(
        design, by=cast.author, caption="The table", credit="Amara", alt="A [long] table"
    )
    factories.attachment(design, by=cast.author, caption="Tools and prices")
    return design


TEXT = """\
# Bench Swap

Nobody should own a thing they are afraid to open.

A long table.

We bring together neighbours to mend what they own, so that they are no longer afraid of it.

- Kind: Workshop or makerspace
- Mode: In person
- For: Ten.
- Team: Amara T., Jun-ho P.
- Topics: Repair
- People reached: 21 from the institution, 30 beyond it
- Credit: With the school.

## What it values, why, and what we saw

### Care

Care in Bench Swap

**What we saw.** Seen: Care

### Mastery

Mastery in Bench Swap

**What we saw.** Seen: Mastery

{sections}

## The run: 3–7 March 2025

- Ran
- In person
- A bicycle shop
- 19 from the institution, 27 beyond it

### Looking back: the team, after it ran

**What worked well.** The relay held.

**What didn’t.** The queue.

## The run: 18 May 2026

- Stopped early
- https://example.org/swap
- Room for 20
- 2 from the institution, 3 beyond it

It rained.

### What we set out to try

- Teach one
- Rest

### 18 May 2026: The yard

Six benches.

1 from the institution, 3 beyond it

### Looking back: Amara T., after it ran

**What surprised us.** A choir.

**Care: {asked}** We asked.

## What we learned

### Teach it tomorrow

Counted.

Worked well. Counted. Mastery.

## Pictures

![A (long) table]({picture})

The table Amara

## Attachments

- [Tools and prices]({attachment})

## Draft

A working copy, as it stood on 3 June 2026.

Licence: CC BY 4.0 https://creativecommons.org/licenses/by/4.0/
"""
# Beside their own text.
PARTS = {
    "is-and-is-not": "### It is\n\na yard\n\n### It is not\n\na shop\n\n",
    "barriers": (
        "### Barriers and antidotes\n\n"
        "| Kind | What stands in the way, or is needed | Antidote: what we do |\n"
        "| --- | --- | --- |\n| Time | Late shift | At three |\n\n"
    ),
}


def own_text(key: str) -> str:
    return "Why we made Bench Swap." if key == "big-purpose" else f"Of {key}."


def asked() -> str:
    return Value.objects.get(slug="care").questions.first().text


def addresses(design) -> dict:
    photo, paper = design.photos.get(), design.attachments.get()
    name = photo.files[0]["name"].rpartition("/")[2]
    return {
        "picture": f"http://testserver/pictures/{photo.key.hex}/{name}",
        "attachment": f"http://testserver/attachments/{paper.key.hex}/tools.csv",
    }


def test_the_text_holds_everything(cast, whole, at, sign_in):
    client = sign_in(cast.author)
    with time_machine.travel(datetime(2026, 6, 3, 12, tzinfo=UTC), tick=False):
        text = client.get(at("studio_export_markdown")).content.decode()
    sections = "\n\n".join(
        f"## {template.title}\n\n{PARTS.get(template.key, '')}{own_text(template.key)}"
        for template in SectionTemplate.objects.filter(is_active=True)
    )
    assert text == TEXT.format(sections=sections, asked=asked(), **addresses(whole))


def test_the_data_hold_everything(cast, whole, at, sign_in):
    data = sign_in(cast.author).get(at("studio_export_json")).json()
    nothing = {"is_text": "", "is_not_text": "", "structure": None}
    parts = {
        "is-and-is-not": {"is_text": "a yard", "is_not_text": "a shop"},
        "barriers": {"structure": {**ROWS, "barriers": [ROW]}},
    }
    assert data.pop("sections") == [
        {"key": key, "title": title, "body": own_text(key), **nothing, **parts.get(key, {})}
        for key, title in SectionTemplate.objects.filter(is_active=True).values_list("key", "title")
    ]
    ran, stopped = data.pop("implementations")
    assert (ran["participants_within"], ran["participants_beyond"]) == (19, 27)
    assert [told["worked_well"] for told in ran["reflections"]] == ["The relay held."]
    assert stopped == RUN | {
        "reflections": [TOLD | {"value_answers": [ANSWER | {"question": asked()}]}]
    }
    where = addresses(whole)
    file = {"url": where["picture"], "width": 64, "height": 48}
    [photo] = data.pop("photos")
    assert photo.pop("color").startswith("#")
    assert photo == {
        "files": [file],
        "kind": "photo",
        "alt": "A [long] table",
        "caption": "The table",
        "credit": "Amara",
    }
    assert data.pop("attachments") == [
        {
            "url": where["attachment"],
            "name": "tools.csv",
            "type": "csv",
            "bytes": 11,
            "caption": "Tools and prices",
        }
    ]
    assert data == ABOUT | {"cover": where["picture"]}


def test_a_reader_of_programs_gets_the_same_design_back(cast, whole, at, sign_in):
    """What is in the data is enough to make every text of the snapshot again."""
    data = sign_in(cast.author).get(at("studio_export_json")).json()
    files = ("photos", "attachments")
    back = Snapshot.from_json({**data, **dict.fromkeys(files, ())})
    kept = snapshot_of(whole)
    assert back == replace(kept, photos=(), attachments=(), cover_key="")


ROW = {name: said for name, said in ROWS["barriers"][0].items() if name != "id"}
ANSWER = {"value": "care", "name": "Care", "answer": "We asked."}
TOLD = {
    "stage": "after",
    "author": "Amara T.",
    "worked_well": "",
    "did_not_work": "",
    "matched": "",
    "surprised": "A choir.",
    "differently": "",
}
RUN = {
    "outcome": "stopped-early",
    "outcome_note": "It rained.",
    "goals": "- Teach one\n- Rest",
    "mode": "",
    "place": "",
    "link": "https://example.org/swap",
    "starts_on": "2026-05-18",
    "ends_on": None,
    "capacity": 20,
    "participants_within": 2,
    "participants_beyond": 3,
    "sessions": [
        {
            "date": "2026-05-18",
            "title": "The yard",
            "notes": "Six benches.",
            "participants_within": 1,
            "participants_beyond": 3,
        }
    ],
}
ABOUT = {
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "schema": 1,
    "title": "Bench Swap",
    "kind": "workshop",
    "mode": "in-person",
    "audience": "anyone",
    "audience_note": "Ten.",
    "summary": "Nobody should own a thing they are afraid to open.",
    "description": "A long table.",
    "purpose": {
        "who": "neighbours",
        "what": "mend what they own",
        "so_that": "they are no longer afraid of it",
    },
    "team": [{"name": "Amara T.", "role": "lead"}, {"name": "Jun-ho P.", "role": "designer"}],
    "cohort": None,
    "built_on": None,
    "topics": [{"slug": "repair", "name": "Repair"}],
    "values": [
        {
            "slug": slug,
            "name": name,
            "mark": slug,
            "rationale": f"{name} in Bench Swap",
            "evidence": f"Seen: {name}",
        }
        for slug, name in (("care", "Care"), ("mastery", "Mastery"))
    ],
    "insights": [
        {
            "type": "worked",
            "headline": "Teach it tomorrow",
            "body": "Counted.",
            "basis": "counted",
            "values": ["mastery"],
        }
    ],
    "licence": "cc-by-4.0",
    "credit": "With the school.",
    "source_url": "",
}
