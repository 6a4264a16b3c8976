"""Rows of structured sections in a real browser, with and without script; axe on their pages."""

from playwright.sync_api import expect

from communities.enums import Outcome
from communities.models import BusyPeriod, Section
from communities.services.implementations import save_implementation
from tests import factories

from . import world
from .deeds import press
from .walk import Walk

NEED = "What stands in the way, or is needed"
ROWS = {
    "barriers": {"barriers": [{"id": "1x1", "kind": "time", "need": world.LONG_WORD}]},
    "risks": {"risks": [{"id": "1x1", "risk": "The urn leaks"}]},
    "calendar": {"days": [{"id": "1x1", "first": "2027-02-06", "meetings": 2, "minutes": 60}]},
    "budget": {"currency": "EUR", "costs": [{"id": "1x1", "what": "Flour", "money": "90"}]},
    "meetings": {"norms": [{"id": "1x1", "norm": "You may pass once without saying why."}]},
}
SECTIONS = {"calendar": "calendar", "budget": "resources", "meetings": "structure"}


def needs(made):
    rows = Section.objects.get(community=made, template__key="barriers").structure["barriers"]
    return [row["need"] for row in rows]


def test_rows_are_added_and_kept(signed_in, author, made, way):
    page = signed_in(author, **way)
    page.goto(f"/studio/{made.slug}/document/barriers/")
    page.get_by_label(NEED).first.fill("Late shift")
    page.get_by_role("button", name="Add a barrier").click()
    expect(page.get_by_label(NEED)).to_have_count(3)
    assert page.get_by_label(NEED).first.input_value() == "Late shift"
    page.get_by_label(NEED).nth(2).fill("No bus")
    press(page, "Save")
    assert needs(made) == ["Late shift", "No bus"]


def test_the_budget_is_reckoned_while_it_is_typed(signed_in, author, made):
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/document/resources/")
    figures = {"Rate an hour": "50", "Hours a month": "4", "Months": "10", "People": "6"}
    for label, figure in figures.items():
        page.get_by_label(label).first.fill(figure)
    page.get_by_label("Amount").first.fill("1,140.50")
    live = page.locator("[data-live]")
    assert live.inner_text() == (
        "Stipends 12,000, other costs 1,140.5, in all 13,140.5. Sources 0, still open 13,140.5."
    )


def test_how_others_wrote_it_is_fetched_when_opened(signed_in, author, made, way):
    staff = factories.person("Robin", is_staff=True)
    factories.published(author, staff, "Published Before")
    page = signed_in(author, **way)
    page.goto(f"/studio/{made.slug}/document/big-purpose/")
    page.locator("summary", has_text="Published designs").click()
    if not way["js"]:
        page.get_by_role("link", name="See them on a page of their own").click()
    expect(page.get_by_role("heading", name="Published Before")).to_be_visible()


def test_pages_of_rows_are_clean(signed_in, author, made):
    BusyPeriod.objects.create(name="Lunar New Year", starts_on="2027-02-06", ends_on="2027-02-08")
    run = made.implementations.get()
    save_implementation(run, by=author, revision=run.revision, outcome=Outcome.NOT_YET_RUN)
    for layout, rows in ROWS.items():
        key = SECTIONS.get(layout, layout)
        world.write(made, key, by=author, structure={"layout": layout, **rows})
    walk = Walk(signed_in(author))
    keys = ["values", *(SECTIONS.get(layout, layout) for layout in ROWS)]
    walk.to(*(f"/studio/{made.slug}/document/{key}/" for key in keys))
    walk.to(*(f"/studio/{made.slug}/{part}" for part in ("", "preview/", f"runs/{run.pk}/")))
    walk.to(f"/studio/{made.slug}/runs/{run.pk}/announce/")
    assert not walk.faults, "\n".join(walk.faults)
