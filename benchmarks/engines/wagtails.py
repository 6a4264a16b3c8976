"""modelsearch, the search that came out of Wagtail, with its index in the same database.

It asks less than the others: one count at a time and none for choices of which a design has
several, and it has its own ideas of stems, so that it is timed and not compared.
"""

from django.core.management import call_command
from django.db import connection, transaction
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL

from benchmarks.brute import designs
from benchmarks.engines import Answer
from benchmarks.peer.models import COUNTED, LINKED, Choice, Design
from benchmarks.workload import PAGE, Query


def search(query: Query) -> Answer:
    _prepare()
    rows = Design.objects.all()
    for facet, chosen in query.chosen.items():
        rows = rows.filter(**_wanted(facet, chosen))
    words = query.q.replace('"', "") or MATCH_ALL
    found = get_search_backend().search(words, rows, order_by_relevance=query.has_text)
    start = (query.page - 1) * PAGE
    page = [design.number for design in found[start : start + PAGE]]
    return Answer(page, found.count(), {name: dict(found.facet(name)) for name in COUNTED})


def _wanted(facet: str, chosen: list[str]) -> dict:
    if facet in COUNTED:
        return {f"{facet}__in": chosen}
    return {"choices__slug__in": [f"{facet}-{choice}" for choice in chosen]}


def _prepare() -> None:
    """Its tables and its index, at the first search."""
    if Design._meta.db_table in connection.introspection.table_names():
        return
    call_command("migrate", "modelsearch", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Choice)
        editor.create_model(Design)
    with transaction.atomic():
        _fill()
    call_command("rebuild_modelsearch_index", verbosity=0)


def _fill() -> None:
    link, known = Design.choices.through, {}
    for one in designs():
        plain = {name: next(iter(one.choices[name]), "") for name in COUNTED}
        [row] = Design.objects.bulk_create([Design(number=one.number, **plain, **one.columns)])
        slugs = [f"{facet}-{choice}" for facet in LINKED for choice in one.choices[facet]]
        for slug in slugs:
            known[slug] = known.get(slug) or Choice.objects.create(slug=slug)
        link.objects.bulk_create(link(design=row, choice=known[slug]) for slug in slugs)
