"""A gallery with something of everything, for the walk through all pages."""

from datetime import date

from communities.enums import Action, Kind, Licence, Mode
from communities.models import Community, Section
from communities.services.document import save_section
from communities.services.implementations import add_implementation, add_reflection
from communities.services.versions import freeze
from communities.snapshot import ImplementationNote, InsightNote, Snapshot
from tests import factories
from tests.gallery.shelf import held, shelve, topics
from tests.pages import world

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänskajütentürschloss"
LONGEST_TITLE = f"The Full House of {LONG_WORD * 2}"[:120]
MARKDOWN = f"""# Evenings

We meet on **Mondays**, see [our notes](https://example.org/a/very/long/address/{"x" * 80}).

- one
- two

1. first
2. second

> She said: {LONG_WORD}

`code` and a table:

| when | what |
|---|---|
| Monday | {LONG_WORD} |
"""


def build(cast) -> world.World:
    """As tests.pages.world, with a crowded, a bare and a declined design beside it."""
    everything = world.build(cast)
    full(cast)
    factories.community(cast.author, "A Bare Draft", values=())
    declined = factories.submitted(cast.author, "Turned Away")
    factories.move(declined, Action.DECLINE, by=cast.staff)
    crowd()
    return everything


def crowd() -> None:
    """Enough published designs for two pages of results and of insights."""
    shelve(
        *(
            Snapshot(
                title=f"Room {number} of the {LONG_WORD if number == 3 else 'house'}",
                kind=list(Kind)[number].value,
                mode=Mode.ONLINE,
                summary="A place to think aloud.",
                values=held("care", "play", "dignity", why="Because", seen="Somebody stayed:"),
                topics=topics("Bicycles", LONG_WORD),
                implementations=(
                    ImplementationNote(outcome="ran", starts_on=date(2025, 3, number + 1)),
                ),
                insights=tuple(
                    InsightNote(type="surprised", headline=f"{text} {number}", values=("play",))
                    for text in ("People stayed on evening", "Silence worked on evening")
                ),
            )
            for number in range(11)
        )
    )


def full(cast) -> Community:
    """A published design that uses every part of its page, and its successor in review."""
    parent = Community.objects.get(title="Open Design")
    made = factories.community(
        cast.author,
        LONGEST_TITLE,
        values=("care", "mastery", "play", "belonging", "trust"),
        description=f"Two paragraphs.\n\nThe second with {LONG_WORD}.",
        audience_note="Neighbours, 16 and over",
        credit="The caretaker",
        licence=Licence.CC_BY_SA,
        parent=parent,
    )
    factories.team(cast.teammate, made=made)
    write(made, "structure", by=cast.author, body=MARKDOWN)
    write(made, "is-and-is-not", by=cast.author, is_text="- a bell", is_not_text="- a test")
    session = {"title": "The first evening", "notes": "Rain.", "date": date(2025, 4, 1)}
    run = add_implementation(
        made,
        by=cast.author,
        outcome="stopped-early",
        outcome_note="The roof leaked.",
        starts_on=date(2025, 4, 1),
        participants_within=4,
        sessions=[session | {"participants_within": 4, "participants_beyond": 3}],
    )
    answers = dict.fromkeys(("worked_well", "did_not_work", "matched", "surprised"), LONG_WORD)
    add_reflection(run, by=cast.author, author=cast.author, differently="All of it.", **answers)
    factories.photo(made, by=cast.author, caption=LONG_WORD, credit="Amara T.")
    factories.photo(made, by=cast.author, alt="", is_decorative=True, kind="illustration")
    factories.photo(made, by=cast.author, consent="everyone-agreed")
    freeze(made, by=cast.author, note="Before the run")
    factories.publish(made, by=cast.author, staff=cast.staff)
    answered = factories.submit_for_review(made, by=cast.author)
    factories.move(answered, Action.REQUEST_CHANGES, by=cast.staff)
    write(made, "structure", by=cast.author, body="# Mornings\n\nWe meet on Tuesdays.")
    factories.submit_for_review(made, by=cast.author, note="Mornings are better.")
    return made


def write(made: Community, key: str, *, by, **texts) -> None:
    template = factories.SectionTemplate.objects.get(key=key)
    section = Section.objects.filter(community=made, template=template).first()
    save_section(made, template, by=by, revision=section.revision if section else 0, **texts)
