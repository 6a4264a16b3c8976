"""Reading our own source: files, and what each module imports, local imports included."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("accounts", "communities", "gallery")


def python_files(*folders: str) -> list[Path]:
    """Ours, without migrations."""
    files = (file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))
    return [file for file in files if "migrations" not in file.parts]


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def place_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def module_of(file: Path) -> tuple[str, ...]:
    """("communities", "views", "studio"), for a file or for the __init__ of a package."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports_of(tree: ast.Module, package: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and absolute target of every import of one of our apps, wherever it stands.

    `package` is the one that relative imports start from.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            targets = [(*base, alias.name) for alias in node.names]
        else:
            continue
        yield from ((node.lineno, target) for target in targets if target[0] in APPS)


def package_of(file: Path) -> tuple[str, ...]:
    return file.relative_to(ROOT).parts[:-1]
