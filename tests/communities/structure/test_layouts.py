"""Layouts as readers see them, their sums and their doubts: nothing here touches the database."""

from decimal import Decimal

import msgspec
import pytest

from communities.snapshot import SectionText, Snapshot
from communities.structure import (
    STRUCTURES,
    as_lines,
    as_markdown,
    from_json,
    groups_of,
    plain_cells_of,
    shown_of,
    words_of,
)
from communities.structure.kinds import SectionLayout

HOSTILE = "<script>alert(1)</script> | [x](javascript:alert(1)) `y` # z"
WORKED_EXAMPLE = {
    "layout": "budget",
    "currency": "EUR",
    "stipends": [
        {
            "who": "Members",
            "paid_as": "member",
            "rate": "50",
            "hours": "4",
            "months": "10",
            "people": 6,
        },
        {
            "who": "Leaders",
            "paid_as": "leader",
            "rate": "65",
            "hours": "4",
            "months": "10",
            "people": 2,
        },
    ],
    "costs": [{"what": "Materials", "money": "140.50"}],
    "sources": [{"source": "The college", "money": "15000", "is_sure": True}],
}


def said(plan):
    return tuple(plan.notes()), tuple(plan.doubts())


def test_every_layout_but_free_text_has_its_class():
    plain = {SectionLayout.PROSE, SectionLayout.TWO_COLUMNS}
    assert STRUCTURES.keys() == {layout.value for layout in SectionLayout if layout not in plain}


@pytest.mark.parametrize("layout", STRUCTURES)
def test_every_cell_says_how_it_is_called(layout):
    made = STRUCTURES[layout]
    cells = [*plain_cells_of(made), *(c for group in groups_of(made) for c in group.cells)]
    assert cells
    assert all(cell.title and cell.name for cell in cells)
    assert made.suggests == () or made.suggests[0] in {group.name for group in groups_of(made)}


@pytest.mark.parametrize("layout", STRUCTURES)
def test_an_empty_structure_says_nothing(layout):
    plan = from_json({"layout": layout})
    assert said(plan) == ((), ())
    assert not shown_of(plan)
    assert (as_markdown(plan), as_lines(plan), words_of(plan)) == ("", "", 0)


def test_the_worked_example_of_the_calculator():
    plan = from_json(WORKED_EXAMPLE)
    assert [row.each for row in plan.stipends] == [Decimal(2000), Decimal(2600)]
    assert plan.total == Decimal("17340.50")
    assert said(plan) == (
        (
            "Members: 2,000 EUR each, 12,000 EUR together.",
            "Leaders: 2,600 EUR each, 5,200 EUR together.",
            "It comes to 17,340.50 EUR in all.",
            "The sources come to 15,000 EUR.",
        ),
        ("2,340.50 EUR of 17,340.50 EUR have no source yet.",),
    )


def test_hundredths_are_exact_and_hours_may_be_broken():
    stipend = {"rate": "0.10", "hours": "0.30", "months": "3", "people": 1}
    assert from_json({"layout": "budget", "stipends": [stipend]}).total == Decimal("0.09")
    assert from_json({"layout": "budget", "stipends": [{"rate": "7", "hours": "1"}]}).total == 0


def test_leaders_with_no_higher_rate_and_promises_are_doubted():
    plan = from_json(
        {
            "layout": "budget",
            "stipends": [
                {"paid_as": "member", "rate": "50", "hours": "1", "months": "1"},
                {"paid_as": "leader", "rate": "50", "hours": "1", "months": "1"},
            ],
            "sources": [{"source": "A fund", "money": "100"}],
        }
    )
    assert tuple(plan.doubts()) == (
        "100 are not promised yet.",
        "Leaders are paid no more an hour than members; they usually have a higher rate.",
    )


def test_a_calendar_is_held_against_its_goal():
    plan = from_json(
        {
            "layout": "calendar",
            "hours_needed": "20",
            "days": [
                {
                    "kind": "meetings",
                    "first": "2026-03-02",
                    "last": "2026-03-27",
                    "meetings": 8,
                    "minutes": 90,
                }
            ],
        }
    )
    assert said(plan) == (
        ("8 meetings, 12 hours together.", "26 days from the first to the last."),
        (
            "There is no on-ramp: say what happens before the first meeting.",
            "Your goal needs 20 hours and the calendar holds 12. Meet longer, or hope for less.",
        ),
    )


def test_what_is_missing_in_the_other_layouts():
    doubts = {
        "roles": {"roles": [{"role": "Host"}]},
        "meetings": {"meetings": [{"kind": "whole"}]},
        "cycle": {"parts": [{"phase": "try", "minutes": 5}, {"phase": "next"}]},
        "barriers": {"barriers": [{"need": "The bus stops at nine"}]},
        "risks": {"risks": [{"risk": "The urn leaks"}]},
        "tasks": {"tasks": [{"kind": "logistics", "task": "Chairs"}]},
        "evidence": {"signs": [{"sign": "Who speaks"}]},
    }
    found = {name: list(from_json({"layout": name, **d}).doubts()) for name, d in doubts.items()}
    assert found == {
        "roles": [
            "No role leads the community: tick the one that does.",
            "What “Host” does is not said yet.",
        ],
        "meetings": [
            "There is no small group and no one to one touch point.",
            "Not every meeting says how long it is.",
        ],
        "cycle": [
            "The cycle has no part for this yet: collect examples and examine.",
            "1 part of the session has no length in minutes.",
        ],
        "barriers": ["There is no antidote yet to “The bus stops at nine”."],
        "risks": ["There is no safeguard yet against “The urn leaks”."],
        "tasks": [
            "The checklist has nothing on advertising, recruiting and event planning.",
            "1 task has no name or no day beside it.",
            "It is not said from how many participants you go ahead.",
        ],
        "evidence": [
            "No sign says what would show that you were wrong.",
            "Nobody is named yet to note 1 sign.",
        ],
    }


def test_columns_in_which_nothing_stands_are_left_out():
    plan = from_json({"layout": "barriers", "barriers": [{"kind": "time", "need": "Late shift"}]})
    [table] = shown_of(plan).tables
    assert [heading.text for heading in table.headings] == [
        "Kind",
        "What stands in the way, or is needed",
    ]
    assert table.rows == (("Time", "Late shift"),)


def test_markdown_keeps_typed_signs_as_words():
    text = as_markdown(from_json({"layout": "barriers", "barriers": [{"need": HOSTILE}]}))
    assert text.endswith(
        "- \\<script\\>alert(1)\\</script\\> \\| \\[x\\](javascript:alert(1)) \\`y\\` \\# z"
    )


@pytest.mark.parametrize(
    "data",
    [
        {"layout": "unheard-of"},
        {"currency": "EUR"},
        {"layout": "budget", "currency": "E" * 21},
        {"layout": "tasks", "at_least": -1},
        {"layout": "tasks", "tasks": [{"task": "x"}] * 41},
        {"layout": "calendar", "days": [{"first": "soon"}]},
    ],
)
def test_what_breaks_the_limits_cannot_be_read(data):
    with pytest.raises(msgspec.ValidationError):
        from_json(data)


def test_a_snapshot_carries_structure_and_reads_those_from_before():
    plan = from_json(WORKED_EXAMPLE)
    snapshot = Snapshot(title="A", sections=(SectionText(key="a", title="A", structure=plan),))
    data = snapshot.to_json()
    assert Snapshot.from_json(data) == snapshot
    for section in data["sections"]:
        del section["structure"]
    assert Snapshot.from_json(data).sections[0].structure is None


def test_ids_of_rows_stay_at_home():
    plan = from_json({"layout": "barriers", "barriers": [{"id": "1x1", "need": "Late shift"}]})
    assert plan.without_ids() == from_json(
        {"layout": "barriers", "barriers": [{"need": "Late shift"}]}
    )
