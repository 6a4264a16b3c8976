"""Samples for the living component page: each component once in every state."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.templatetags.static import static

from accounts.spam import Guarded
from communities.enums import Kind, Mode
from communities.models import Value
from communities.pages import DesignPage, Kin, Lineage, PictureView, design_page
from communities.snapshot import HeldValue, ImplementationNote, Reference, Snapshot

from .cards import Card, CardValue
from .models import Entry, EntryInsight
from .text import Passage
from .values import ValueCard


class SampleForm(Guarded):
    """One field of each sort that the site has."""

    title = forms.CharField(help_text="What people will call it.", max_length=40)
    kind = forms.ChoiceField(choices=Kind)
    purpose = forms.CharField(
        error_messages={"required": "Write the purpose in one sentence."}, max_length=200
    )
    notes = forms.CharField(widget=forms.Textarea, required=False)
    mode = forms.ChoiceField(choices=Mode, widget=forms.RadioSelect)
    waiting_list = forms.BooleanField(label="Keep a waiting list", required=False)


@dataclass(frozen=True, kw_only=True)
class Specimen:
    values: list[Value]
    marks_to_come: list[str]
    icons: list[str]
    form: SampleForm
    held: HeldValue
    unreasoned: HeldValue
    picture: PictureView
    page: DesignPage
    value_cards: tuple[ValueCard, ...]
    cards: tuple[Card, ...]
    insights: tuple[EntryInsight, ...]
    arc: SimpleNamespace


def specimen() -> Specimen:
    """One query."""
    values = list(Value.objects.all())
    used = {value.mark for value in values}
    return Specimen(
        values=values,
        marks_to_come=[name for name in _symbols("marks.svg", "v-") if name not in used],
        icons=_symbols("icons.svg", "i-"),
        form=SampleForm({"title": "Bench Swap", "kind": "workshop", "mode": "in-person"}),
        held=_HELD,
        unreasoned=HeldValue(slug="care", name="Care", mark="care"),
        picture=_picture(),
        page=_page(),
        value_cards=(_value_card(31), _value_card(1), _value_card(0)),
        cards=_cards(),
        insights=_insights(),
        arc=_arc(),
    )


def _arc() -> SimpleNamespace:
    """As the studio draws it for a team that is about to run its design."""
    names = ("Imagine", "Design", "Ready", "Run", "Reflect", "Publish", "Build on")
    states = ("done", "done", "done", "now", "todo", "todo", "todo")
    sides = ("left", "left", "top", "top", "top", "right", "right")
    spoken = {"done": "done", "now": "now", "todo": "to come"}
    stops = [
        SimpleNamespace(
            side=side,
            step=SimpleNamespace(
                station=SimpleNamespace(label=name), state=state, spoken=spoken[state], when=""
            ),
        )
        for name, state, side in zip(names, states, sides, strict=True)
    ]
    return SimpleNamespace(stops=stops, end="500 80")


_HELD = HeldValue(
    slug="belonging",
    name="Belonging",
    mark="belonging",
    rationale="The desk is theirs. It was kept free, with a name card, when they did not come.",
    evidence="Seven of nine came back after a week away.",
)
_PLAY = HeldValue(slug="play", name="Play", mark="play", rationale="Losing is part of it.")


def _picture() -> PictureView:
    address = static("img/favicon.svg")
    return PictureView(
        src=address,
        srcset=f"{address} 640w",
        full=address,
        width=640,
        height=480,
        tint="r6 g3 b1",
        alt="The sign of this site: an arch within an arch.",
    )


def _page() -> DesignPage:
    run = ImplementationNote(outcome="ran", participants_within=19, participants_beyond=27)
    snapshot = Snapshot(
        title="Bench Swap",
        values=(_HELD, _PLAY),
        topics=(
            Reference(slug="repair", name="Repair"),
            Reference(slug="textiles", name="Textiles"),
        ),
        cohort=Reference(slug="spring-2025", name="Spring 2025"),
        implementations=(run,),
        source_url="https://example.org/bench-swap",
    )
    kin = Kin(
        title="The Mending Circle",
        href="#lineage",
        summary="Nobody should own a thing they are afraid to open.",
        marks=("care", "mastery"),
        picture=_picture(),
    )
    bare = Kin(title="Stairwell Choir", href="#lineage")
    family = Lineage(built_on=(kin,), built_on_by=(bare,))
    return design_page(snapshot, slug="bench-swap", number=65, is_public=False, lineage=family)


def _value_card(designs: int) -> ValueCard:
    return ValueCard(
        slug="belonging",
        name="Belonging",
        mark="belonging",
        short="You are expected here, and missed when you are away.",
        drawn_as="A ring of seats, one kept free",
        designs=designs,
    )


def _cards() -> tuple[Card, ...]:
    """With its reasons, with the words found, without a picture, and with nothing but a title."""
    belonging = CardValue(
        slug="belonging",
        name="Belonging",
        mark="belonging",
        rationale=_HELD.rationale,
        evidence=_HELD.evidence,
    )
    words = {
        "url": "#cards",
        "summary": "The relay, with bicycles, for ten-year-olds.",
        "line": "Workshop or makerspace, in person. Spring 2025, 5 days.",
        "values": (belonging, CardValue(slug="play", name="Play", mark="play")),
    }
    return (
        Card(title="Bench Swap", cover=_picture(), reasons=(belonging,), **words),
        Card(title="Bench Swap, found by a word", passage=_PASSAGE, **words),
        Card(title="Bare", url="#cards", summary="", line="", values=()),
    )


_PASSAGE = Passage("Structure", (("We keep the ", False), ("bench", True), (" free.", False)))


def _insights() -> tuple[EntryInsight, ...]:
    entry = Entry(number=65, slug="bench-swap", title="Bench Swap", kind="workshop")
    about = [{"slug": "belonging", "name": "Belonging", "mark": "belonging"}]
    return (
        EntryInsight(
            entry=entry,
            type="surprised",
            headline="Keep the chair",
            body="Pupils who missed a session came back more often when they could see it.",
            basis="observed",
            values=about,
        ),
        EntryInsight(entry=entry, type="worked", headline="A lesson about no value in particular"),
    )


@cache
def _symbols(file: str, prefix: str) -> list[str]:
    """The names of the symbols of one of our drawings, in their order."""
    text = (Path(settings.BASE_DIR) / "static" / "img" / file).read_text(encoding="utf-8")
    return re.findall(rf'<symbol id="{prefix}([\w-]+)"', text)
