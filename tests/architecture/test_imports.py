"""Imports point one way: between the apps, and between the rooms inside each app."""

import ast

import pytest

from tests.architecture.source import (
    APPS,
    imports_of,
    module_of,
    package_of,
    place_of,
    python_files,
    tree_of,
)

# What an app may import of another.
DOORS = {
    ("communities", "accounts"): {"models", "enums", "notices", "roles", "queries", "spam"},
    ("gallery", "accounts"): {"models", "enums", "roles", "form_names", "origin"},
    ("gallery", "communities"): {
        "access",
        "enums",
        "exports",
        "models",
        "pages",
        "plain",
        "queries",
        "rules",
        "signals",
        "snapshot",
        "structure",
        "tagging",
    },
}
# Rooms that need one door more, and why.
MORE_DOORS = {
    # Demo content is made through the services, as people would make it.
    ("communities", "demo", "accounts"): {"services", "demo_people"},
    # Staff give places in a cohort, which has a limit.
    ("communities", "admin", "accounts"): {"services"},
    # Staff close accounts with the reports about what they made; an invitation is made
    # and accepted in one way, whatever it leads into; whoever is erased loses the account as well.
    ("communities", "services", "accounts"): {"services", "people"},
    ("communities", "views", "accounts"): {"services", "limits"},
    # A form that fails the forgery check must not lose what was typed in the studio.
    ("gallery", "views", "communities"): {"views"},
    # Large forms are read one after the other until their picture is decoded.
    ("gallery", "middleware", "communities"): {"media"},
    # The sheet of components shows the field that guards a form.
    ("gallery", "specimen", "accounts"): {"spam"},
}
# The rooms of each app from left to right. A room imports only from further left; rooms on one
# line do not import each other. Where a new room is missing here, find its place first.
ORDER = {
    "accounts": (
        "enums signals form_names origin",
        "models credentials tokens",
        "roles queries notices limits spam",
        "letters",
        "second_factor services demo_people people",
        "adapter backends context forms middleware",
        "views admin",
        "urls",
        "apps management",
    ),
    "communities": (
        "enums signals tagging markdown plain media marks",
        "structure",
        "snapshot models seeds",
        "differences addresses letters",
        "rules flags moves pages publishing report_letters talk_letters",
        "busy",
        "checklist",
        "cycle parts readiness news exports",
        "queries",
        "digest exporting",
        "next_step subjects",
        "workflow",
        "services",
        "importing demo access forms",
        "synthetic templatetags views admin",
        "urls",
        "apps management",
    ),
    "gallery": (
        "logs turns damaged",
        "settings enums text paging stencils",
        "models facets",
        "context staticfiles uploads citations vocabulary corpora answers updates",
        "words sets catalogue cards checks",
        "names",
        "entries search spelling",
        "filters index home values lineage exports forms suggestions examples people",
        "ways_out shared_pages bulk lessons",
        "results receivers specimen",
        "feeds templatetags",
        "framing",
        "views admin",
        "api",
        "middleware urls",
        "apps gunicorn management wsgi office",
    ),
}
RANKS = {
    (app, room): rank
    for app, lines in ORDER.items()
    for rank, line in enumerate(lines)
    for room in line.split()
}
EVERYBODY = {(app, "") for app in APPS}


def room_of(module: tuple[str, ...]) -> tuple[str, str]:
    return (module[0], module[1]) if len(module) > 1 else (module[0], "")


def crossings(app: str):
    """Every import from one room to another: file and line, room, room imported."""
    for file in python_files(app):
        here = room_of(module_of(file))
        for line, target in imports_of(tree_of(file), package_of(file)):
            there = room_of(target)
            if there != here:
                yield f"{place_of(file)}:{line}", here, there


@pytest.mark.parametrize("app", APPS)
def test_every_room_has_its_place(app):
    rooms = {room_of(module_of(file)) for file in python_files(app)} - EVERYBODY
    assert rooms - RANKS.keys() == set(), "give the new room its place in ORDER"


@pytest.mark.parametrize("app", APPS)
def test_rooms_import_only_from_further_left(app):
    wrong = [
        f"{place} imports {there[1]} into {here[1]}"
        for place, here, there in crossings(app)
        if there[0] == app and RANKS[there] >= RANKS[here]
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_apps_import_each_other_only_through_their_doors(app):
    wrong = []
    for place, here, there in crossings(app):
        if there[0] == app:
            continue
        doors = DOORS.get((app, there[0]), set()) | MORE_DOORS.get((*here, there[0]), set())
        is_command = here[1] == "management"
        if there[1] not in doors and not (is_command and (app, there[0]) in DOORS):
            wrong.append(f"{place} imports {'.'.join(there)}")
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_a_local_import_has_its_reason_beside_it(app):
    """A comment on the line, or on the line above."""
    wrong = []
    for file in python_files(app):
        lines = file.read_text(encoding="utf-8").splitlines()
        for function in ast.walk(tree_of(file)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    around = lines[node.lineno - 2] + lines[node.lineno - 1]
                    if "#" not in around:
                        wrong.append(f"{place_of(file)}:{node.lineno}")
    assert wrong == []


def test_the_reader_sees_relative_local_and_plain_imports():
    source = (
        "import gallery.text\ndef f():\n    from ..models import Photo\n    from . import rules\n"
    )
    found = {target for _, target in imports_of(ast.parse(source), ("communities", "views"))}
    assert found == {
        ("gallery", "text"),
        ("communities", "models", "Photo"),
        ("communities", "views", "rules"),
    }
