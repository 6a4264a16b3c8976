"""Only communities/workflow.py gives a submission a status."""

import ast

import pytest

from tests.architecture.source import APPS, ROOT, place_of, python_files, tree_of

DOOR = "communities/workflow.py"
WRITERS = {"create", "update", "get_or_create", "update_or_create", "bulk_update", "Submission"}
STATUS_WRITERS = {"bulk_update"}


def writes_of_status(tree: ast.Module) -> list[int]:
    """Lines that may write a status: x.status = …, setattr, or a keyword or key of a writer."""
    return sorted({node.lineno for node in ast.walk(tree) if _writes(node)})


def _writes(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(_is_status(target) for target in node.targets)
    if isinstance(node, ast.AugAssign | ast.AnnAssign):
        return _is_status(node.target)
    return isinstance(node, ast.Call) and _calls_a_writer(node)


def _is_status(target: ast.AST) -> bool:
    if isinstance(target, ast.Tuple | ast.List):
        return any(_is_status(part) for part in target.elts)
    # An answer to a browser has a status as well, by another name (status_code).
    return isinstance(target, ast.Attribute) and target.attr == "status"


def _calls_a_writer(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name == "setattr":
        return any(_is_word(argument) for argument in call.args)
    if name not in WRITERS:
        return False
    if any(keyword.arg == "status" for keyword in call.keywords):
        return True
    if name == "bulk_update":
        return any(_is_word(part) for argument in call.args for part in ast.walk(argument))
    keys = (
        key
        for keyword in call.keywords
        for part in ast.walk(keyword.value)
        if isinstance(part, ast.Dict)
        for key in part.keys
    )
    return any(_is_word(key) for key in keys)


def _is_word(node) -> bool:
    return isinstance(node, ast.Constant) and node.value == "status"


def test_nothing_but_the_workflow_assigns_a_status():
    files = [file for file in python_files(*APPS) if place_of(file) != DOOR]
    assert len(files) > 50
    wrong = [f"{place_of(f)}:{line}" for f in files for line in writes_of_status(tree_of(f))]
    assert wrong == []


def test_the_workflow_itself_is_seen_to_write():
    assert writes_of_status(tree_of(ROOT / DOOR)) != []


@pytest.mark.parametrize(
    "source",
    [
        "row.status = 'published'",
        "a, row.status = 1, 2",
        "row.status: str = 'x'",
        "setattr(row, 'status', 'x')",
        "Submission.objects.create(status='x')",
        "Submission(status='x')",
        "rows.update(status='x')",
        "rows.update(**{'status': 'x'})",
        "rows.update_or_create(pk=1, defaults={'status': 'x'})",
        "Submission.objects.bulk_update(rows, ['status'])",
    ],
)
def test_each_way_of_writing_is_caught(source):
    assert writes_of_status(ast.parse(source)) == [1]


@pytest.mark.parametrize(
    "source",
    ["rows.filter(status='x')", "render(request, page, status=422)", "print(row.status)"],
)
def test_reading_is_free(source):
    assert writes_of_status(ast.parse(source)) == []
